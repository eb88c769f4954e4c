/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Named experiments on the model, in virtual time and counts: what a setting does to a path, over the axes that matter.
 * One thread, seeded: the same seed gives the same bytes on every machine.
 */
package org.faultring.bench.experiment;
