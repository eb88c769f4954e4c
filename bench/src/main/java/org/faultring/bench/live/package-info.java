/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A running path seen from another process, through counters in a mapped file. */
package org.faultring.bench.live;
