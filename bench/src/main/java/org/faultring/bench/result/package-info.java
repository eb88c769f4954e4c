/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is kept of a run, and where it came from: {@link org.faultring.bench.result.RunResult}. */
package org.faultring.bench.result;
