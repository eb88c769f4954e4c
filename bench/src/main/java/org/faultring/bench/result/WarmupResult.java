/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

/**
 * What was run and thrown away before a trial.
 *
 * @param seconds   how long
 * @param converged whether the rate had settled
 */
public record WarmupResult(double seconds, boolean converged) {}
