/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Threads for the worlds of a path: {@link org.faultring.bench.host.ThreadHost}. No other package makes threads. */
package org.faultring.bench.host;
