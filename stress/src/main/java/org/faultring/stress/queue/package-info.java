/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pairs of operations on what carries faults or answers and is no {@link org.faultring.ring.FaultRing}. */
package org.faultring.stress.queue;
