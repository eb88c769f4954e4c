/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Threads for the worlds of a path, which never wait in the kernel: {@link org.faultring.bench.host.ThreadHost}. */
package org.faultring.bench.host;
