/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.Objects;

import org.faultring.bench.host.MachineNoise;
import org.faultring.bench.result.Environment;

/**
 * A comparison as a result file has it, {@code result.json}.
 *
 * @param schema      name and version of this layout
 * @param environment where it ran
 * @param noise       of the machine with nothing running, before the run
 * @param command     that repeats it
 * @param interrupted cut short
 * @param rounds      of each cell that were asked for
 * @param roundMillis length of each, host time
 * @param setting     what cells shared
 * @param cells       in the order of the run
 */
public record DeliveryResult(String schema, Environment environment, MachineNoise noise, String command,
        boolean interrupted, int rounds,
        long roundMillis, CellSetting setting, List<CellResult> cells) {

    /** Layout written by this version. */
    public static final String SCHEMA = "faultring-compare/1";

    /**
     * Of a run.
     *
     * @param comparison  that has ended
     * @param environment where it ran
     * @param noise       of the machine before the run
     * @param command     that repeats it
     * @param effort      of each cell
     * @param setting     what cells shared
     * @return the result
     */
    public static DeliveryResult of(final DeliveryComparison comparison, final Environment environment,
            final MachineNoise noise, final String command, final CellEffort effort, final CellSetting setting) {
        return new DeliveryResult(SCHEMA, environment, noise, command, comparison.isInterrupted(), effort.rounds(),
                effort.roundLength().toMillis(), setting,
                comparison.figures().stream().map(CellResult::of).toList());
    }

    /**
     * As it was measured.
     *
     * @return cells in the order of the run
     * @throws IllegalArgumentException if a value is out of range
     */
    public List<CellFigures> figures() {
        return cells.stream().map(CellResult::figures).toList();
    }

    /**
     * What kind of machine it was; results of two kinds are not compared.
     *
     * @return processor, cores, kernel and JVM
     */
    public MachineClass machine() {
        return new MachineClass(environment.cpu(), environment.cores(), environment.kernel(),
                Objects.toString(environment.jvm()).replaceFirst("\\+.*", ""));
    }

    /**
     * A kind of machine.
     *
     * @param cpu    model
     * @param cores  that the process may use
     * @param kernel name, version and architecture
     * @param jvm    name and version
     */
    public record MachineClass(String cpu, int cores, String kernel, String jvm) {

        @Override
        public String toString() {
            return cpu + ", " + cores + " cores, " + kernel + ", " + jvm;
        }
    }
}
