/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

/**
 * What an end of a ring says of a round.
 *
 * @param nanos          host ns from the first fault seen to the last; 0 at the end that raises
 * @param addresses      sum of those seen, 0 at the end that raises
 * @param allocatedBytes by the thread while it worked, 0 in C
 */
record EndFigures(long nanos, long addresses, long allocatedBytes) {}
