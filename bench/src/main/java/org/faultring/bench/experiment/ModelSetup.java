/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.VirtualClock;
import org.faultring.hwmodel.workload.Workload;

/** A path to run: one device, one fault object, single faults, nothing in between, unless it is said otherwise. */
final class ModelSetup {

    /** Requests that a driver takes before others may act, where hooks pace it. */
    static final int PASS = 32;

    final FaultPathConfig config;
    final VirtualClock clock = new VirtualClock();
    PathShape shape;
    Workload workload = Workloads.singles();
    PathHooks hooks = PathHooks.NONE;
    List<? extends Agent> helpers = List.of();
    GroupObserver observer = row -> {
    };

    ModelSetup(final FaultPathConfig config) {
        this.config = config;
        shape = PathShape.roomy(config, 1, 1);
    }

    ModelSetup shape(final PathShape newShape) {
        shape = newShape;
        return this;
    }

    ModelSetup workload(final Workload newWorkload) {
        workload = newWorkload;
        return this;
    }

    /** What is put between the parts, and agents of the user world that it brings along. */
    ModelSetup hooks(final PathHooks newHooks, final Agent... newHelpers) {
        hooks = newHooks;
        helpers = List.of(newHelpers);
        return this;
    }

    /** The same where hooks make the agents while the path is assembled. */
    ModelSetup hooks(final PathHooks newHooks, final List<? extends Agent> newHelpers) {
        hooks = newHooks;
        helpers = newHelpers;
        return this;
    }

    /** Told of each group that was answered. */
    ModelSetup observer(final GroupObserver newObserver) {
        observer = newObserver;
        return this;
    }
}
