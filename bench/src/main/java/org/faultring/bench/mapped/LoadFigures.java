/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

/**
 * What came of a round.
 *
 * @param nanosPerFault          host ns
 * @param allocatedBytesPerFault by the Java ends
 */
record LoadFigures(double nanosPerFault, double allocatedBytesPerFault) {}
