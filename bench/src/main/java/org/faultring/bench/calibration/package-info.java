/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Prices of this host for a cost profile, measured where a program can measure them. */
package org.faultring.bench.calibration;
