/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Delivery designs side by side: each cell of the comparison in a JVM of its own that stays, rounds of all cells in
 * turn.
 */
package org.faultring.bench.delivery;
