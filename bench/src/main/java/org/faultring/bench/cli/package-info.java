/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The command line: {@link org.faultring.bench.cli.Faultring}. */
package org.faultring.bench.cli;
