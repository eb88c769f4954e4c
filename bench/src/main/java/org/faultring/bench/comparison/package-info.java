/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Runs the ring benchmarks so that rings can be compared, and compares them: forks of all rings in turn, medians of
 * forks, ratios with intervals. {@link org.faultring.bench.comparison.Comparison} is the whole.
 */
package org.faultring.bench.comparison;
