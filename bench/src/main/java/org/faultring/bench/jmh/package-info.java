/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * JMH benchmarks. {@code ./faultring jmh rings} runs them fork by fork and compares; their parameters say what is
 * measured, so one fork never sees more than one kind of ring.
 */
package org.faultring.bench.jmh;
