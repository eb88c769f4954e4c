/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Pairs of operations on a {@link org.faultring.ring.FaultRing}. How results are written is said at
 * {@link org.faultring.stress.RingEnd}; an outcome that is not listed is forbidden.
 */
package org.faultring.stress.pair;
