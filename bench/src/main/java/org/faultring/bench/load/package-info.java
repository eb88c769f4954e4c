/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How a path is loaded and timed: {@link org.faultring.bench.load.Pace} says when faults are raised,
 * {@link org.faultring.bench.load.Trial} runs a path and closes its books.
 */
package org.faultring.bench.load;
