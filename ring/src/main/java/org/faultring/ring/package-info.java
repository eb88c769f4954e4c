/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The records of Linux's I/O page fault interface, byte for byte, and the rings that carry them between worlds.
 *
 * <p>Which class to take: {@link org.faultring.ring.OneToOneFaultRing} carries faults from one thread to another,
 * {@link org.faultring.ring.ManyToOneFaultRing} from many to one, both also between processes with a
 * {@link org.faultring.ring.RingFile}, {@link org.faultring.ring.DisruptorFaultRing} to several readers and stages;
 * {@link org.faultring.ring.OneToOneResponseRing} carries answers back.
 *
 * <p>Nothing here starts a thread, waits, reads a clock or needs a JVM flag. The memory order of each access to shared
 * memory is the end of its name in {@link org.faultring.ring.LittleEndian}; each release or acquire names its partner
 * where it stands.
 */
package org.faultring.ring;
