/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

/**
 * A thread was taken from its processor.
 *
 * @param thread    0: hardware; 1: kernel and reader
 * @param fromNanos from the begin of the run, ns
 * @param nanos     for how long
 */
record Preemption(int thread, long fromNanos, long nanos) {}
