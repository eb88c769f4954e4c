/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Rings behind one small harness: ours, those they are measured against, and what two cores can do at best. Whoever
 * wants to know how a ring is used here opens its adapter; {@link org.faultring.bench.rings.RingUnderTest} lists them
 * all.
 *
 * <p>All carry the same 40 bytes, see {@link org.faultring.bench.rings.FaultWords}, in at least
 * {@value org.faultring.bench.rings.RingUnderTest#CAPACITY} places. Producers and consumers wait in the same way, see
 * {@link org.faultring.bench.rings.Waiting}. The loops are shared: a JVM that measures loads one adapter alone, so that
 * every call in them has one target and is inlined.
 */
package org.faultring.bench.rings;
