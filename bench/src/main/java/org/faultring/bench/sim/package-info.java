/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Virtual time for the command line: cost profiles in files, and what explorations and simulations report. */
package org.faultring.bench.sim;
