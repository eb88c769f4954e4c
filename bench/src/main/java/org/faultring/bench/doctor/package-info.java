/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What about a machine bends measurements or forbids them, and what to do about it. */
package org.faultring.bench.doctor;
