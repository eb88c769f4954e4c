/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.hwmodel.sim.SimulationSettings;

/**
 * What a seed makes of a path.
 *
 * @param settings all but the workload
 * @param readers  who reads
 */
record SeedPlan(SimulationSettings settings, Readers readers) {}
