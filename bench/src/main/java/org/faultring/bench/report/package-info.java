/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Results and progress as people see them. */
package org.faultring.bench.report;
