/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How sure a figure is, and whether two of them differ. */
package org.faultring.bench.statistics;
