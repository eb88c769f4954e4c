/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a mapped ring costs between Java and C, and what a path costs in a loop of one's own. */
package org.faultring.bench.mapped;
