/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The report as one page: figures of comparisons as JSON, with the script and style that draw them, in one file. */
package org.faultring.bench.page;
