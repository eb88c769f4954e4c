/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import org.openjdk.jmh.results.RunResult;

/** Measures a cell in a JVM of its own. */
@FunctionalInterface
public interface Forks {

    /**
     * One fork.
     *
     * @param cell   to measure
     * @param effort how long
     * @return JMH's result
     * @throws ForkFailedException if there is none
     */
    RunResult run(Cell cell, Effort effort) throws ForkFailedException;
}
