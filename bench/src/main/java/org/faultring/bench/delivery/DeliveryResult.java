/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.Objects;

import org.faultring.bench.host.MachineNoise;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.TimingCost;

/**
 * A comparison, or searches for the highest rate, as a result file has it, {@code result.json}.
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
 * @param timing      cost of timing a fault on the machine of the run; null in results of earlier versions
 * @param ramps       searches for the highest rate; null or empty in a comparison
 */
public record DeliveryResult(String schema, Environment environment, MachineNoise noise, String command,
        boolean interrupted, int rounds, long roundMillis, CellSetting setting, List<CellResult> cells,
        TimingCost timing, List<RampResult> ramps) {

    /** Layout written by this version. */
    public static final String SCHEMA = "faultring-compare/1";

    /**
     * Where and how a run was made.
     *
     * @param environment where it ran
     * @param noise       of the machine before the run
     * @param timing      cost of timing a fault
     * @param command     that repeats it
     * @param effort      of each cell
     * @param setting     what cells shared
     */
    public record Origin(Environment environment, MachineNoise noise, TimingCost timing, String command,
            CellEffort effort, CellSetting setting) {}

    /**
     * Of a comparison.
     *
     * @param comparison that has ended
     * @param origin     where and how it was made
     * @return the result
     */
    public static DeliveryResult of(final DeliveryComparison comparison, final Origin origin) {
        return of(origin, comparison.isInterrupted(), comparison.figures(), List.of());
    }

    /**
     * Of searches for the highest rate.
     *
     * @param ramp   that has ended
     * @param origin where and how it was made
     * @return the result, whose cells are those in closed loop
     */
    public static DeliveryResult of(final Ramp ramp, final Origin origin) {
        return of(origin, ramp.isInterrupted(), ramp.capacities(), ramp.results());
    }

    private static DeliveryResult of(final Origin origin, final boolean isInterrupted,
            final List<CellFigures> figures, final List<RampResult> ramps) {
        return new DeliveryResult(SCHEMA, origin.environment, origin.noise, origin.command, isInterrupted,
                origin.effort.rounds(), origin.effort.roundLength().toMillis(), origin.setting,
                figures.stream().map(CellResult::of).toList(), origin.timing, ramps);
    }

    /** Nothing is null that a reader goes through. */
    public DeliveryResult {
        ramps = ramps == null ? List.of() : List.copyOf(ramps);
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
        return MachineClass.of(environment);
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

        /**
         * Of an environment.
         *
         * @param environment of a run
         * @return its kind
         */
        public static MachineClass of(final Environment environment) {
            return new MachineClass(environment.cpu(), environment.cores(), environment.kernel(),
                    Objects.toString(environment.jvm()).replaceFirst("\\+.*", ""));
        }

        @Override
        public String toString() {
            return cpu + ", " + cores + " cores, " + kernel + ", " + jvm;
        }
    }
}
