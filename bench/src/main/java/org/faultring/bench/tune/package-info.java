/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How large queues must be: scenarios, their runs in virtual time, the search for sizes, sweeps. */
package org.faultring.bench.tune;
