/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Queues between hardware and software, as silicon has them: {@link org.faultring.ring.queue.HardwareQueue} with its
 * index registers and one of two {@link org.faultring.ring.queue.FullRule}s, and
 * {@link org.faultring.ring.queue.ToggleLatch} for status bits that one side sets and the other clears.
 */
package org.faultring.ring.queue;
