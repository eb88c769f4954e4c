/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.IOException;
import java.nio.file.Path;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;

/** Sets up what runs a cell. */
final class CellRunners {

    private static final long GROUP_WINDOW_NANOS = 10_000;

    private CellRunners() {}

    /**
     * Find out what needs no JVM of its own to be found out.
     *
     * @param cell    to run
     * @param setting beside it
     * @throws CannotRunException if it never runs, or not on this machine
     */
    static void check(final DeliveryCell cell, final CellSetting setting) throws CannotRunException {
        setting.designs().check(DeliveryDesign.ofKey(cell.design()), cell.ground());
        if (!DeliveryDesign.ofKey(cell.design()).isServing()) {
            throw new CannotRunException("it answers one fault and no more: docs/delivery.md says what is wrong with "
                    + "it.");
        }
        switch (cell.ground()) {
            case THREADS -> ThreadsRunner.check(cell);
            case MODEL -> {
                // Runs everywhere.
            }
            case PIPE, FANOTIFY, USERFAULT, IOMMU -> StandIns.check(cell);
        }
    }

    /** Sets up what runs a cell that has been checked. */
    static CellRunner of(final DeliveryCell cell, final CellSetting setting) throws CannotRunException {
        try {
            return switch (cell.ground()) {
                case THREADS -> new ThreadsRunner(cell, workload(setting, setting.groupFaults()), setting.designs());
                case MODEL -> new ModelRunner(cell, workload(setting, setting.groupFaults()),
                        CostProfile.of(setting.profile(), setting.prices()), setting.designs());
                case PIPE, FANOTIFY, USERFAULT, IOMMU -> new StandInRunner(cell, setting.designs(),
                        cell.pace().isOpenLoop() ? workload(setting, 1) : null);
            };
        } catch (final IllegalArgumentException e) {
            throw new CannotRunException(cell.design() + " does not run so: " + e.getMessage());
        }
    }

    private static Workload workload(final CellSetting setting, final int groupFaults)
            throws CannotRunException {
        final PerfScriptReader reader = setting.lenient() ? PerfScriptReader.lenient() : PerfScriptReader.strict();
        try {
            return Workload.of(
                    setting.trace() == null ? reader.readBundled() : reader.read(Path.of(setting.trace())),
                    new GroupingRule(groupFaults, GROUP_WINDOW_NANOS));
        } catch (final IOException e) {
            throw new CannotRunException("the trace cannot be read: " + e.getMessage());
        }
    }
}
