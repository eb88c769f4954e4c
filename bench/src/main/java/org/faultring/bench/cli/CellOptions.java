/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.faultring.bench.delivery.CellEffort;
import org.faultring.bench.delivery.CellSetting;
import org.faultring.bench.delivery.DeliveryCell;
import org.faultring.bench.delivery.DesignSettings;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.sim.ProfileFile;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which cells are measured, and how much. */
final class CellOptions {

    private static final double MAX_HANDLER_MICROS = 1e6;

    @Option(names = "--designs", paramLabel = "NAME", split = ",",
            description = "Only these. Default: all.")
    private List<String> designs = Arrays.stream(DeliveryDesign.values()).map(DeliveryDesign::key).toList();

    @Option(names = "--on", paramLabel = "GROUND", split = ",",
            description = "threads (the emulated path, a simulator's speed), model (virtual time), pipe, fanotify, "
                    + "userfault (stand-ins on this kernel), iommu (the real fault file). Default: all.")
    private List<String> grounds = Arrays.stream(Ground.values()).map(Ground::key).toList();

    @Option(names = "--batch", paramLabel = "N", split = ",", defaultValue = "1,64",
            description = "Records of a read and answers of a write at most, 1..4096; a table for each. Default: "
                    + "${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(names = "--in-flight", paramLabel = "N", split = ",", defaultValue = "32",
            description = "Faults raised and not answered at most, 1..2048; a table for each. Default: "
                    + "${DEFAULT-VALUE}.")
    private List<Integer> inFlight;

    @Option(names = "--handler-us", paramLabel = "US", split = ",", defaultValue = "0",
            description = "Time the handler takes for a fault, microseconds; a table for each. Default: "
                    + "${DEFAULT-VALUE}.")
    private List<Double> handlerMicros;

    @Option(names = "--placement", paramLabel = "WHERE", split = ",", defaultValue = "awake",
            description = "same: raiser and reader on one core; awake: on two, kept awake by spinners of the lowest "
                    + "priority; idle: on two that may fall asleep. Default: ${DEFAULT-VALUE}.")
    private List<String> placements;

    @Mixin
    private DeliveryOptions deliveryOptions;

    @Option(names = "--reader-threads", paramLabel = "N", defaultValue = "1",
            description = "For stand-ins: threads that read one file, 1..16, each with a completion ring of its own "
                    + "where the design has one. Not for eventfd. Default: ${DEFAULT-VALUE}.")
    private int readerThreads;

    @Option(names = "--submission-polling-ms", paramLabel = "MS", defaultValue = "0",
            description = "For stand-ins and the designs over io_uring: a thread of the kernel looks for submissions "
                    + "and sleeps when there were none for so long, up to 60000. Default: no such thread.")
    private int submissionPollingMillis;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "For threads and model: text of 'perf script', plain or gzip. Default: the recording that "
                    + "comes with the program.")
    private Path trace;

    @Option(names = "--group-faults", paramLabel = "N", defaultValue = "1",
            description = "For threads and model: most faults of a group. Default: ${DEFAULT-VALUE}.")
    private int groupFaults;

    @Option(names = "--profile", paramLabel = "FILE",
            description = "For model: prices, JSON; see docs/virtual-time.md. Default: unit, where everything costs "
                    + "1 ns.")
    private Path profile;

    @Option(names = "--rounds", paramLabel = "N",
            description = "Rounds in turn, 1..1000; below 6 there are no verdicts. Default: 7.")
    private Integer rounds;

    @Option(names = "--round-ms", paramLabel = "MS", description = "Length of a round. Default: 50.")
    private Long roundMillis;

    /** Points of the axes, and at each all designs, in closed loop. */
    List<List<DeliveryCell>> points() {
        checkDesigns();
        final List<List<DeliveryCell>> points = new ArrayList<>();
        for (final String ground : grounds) {
            for (final String placement : placements) {
                for (final double handler : handlerMicros) {
                    for (final int flying : inFlight) {
                        for (final int batch : batches) {
                            points.add(designs.stream().map(design -> new DeliveryCell(design, Ground.ofKey(ground),
                                    batch, flying, handlerNanos(handler), CpuPlacement.ofKey(placement))).toList());
                        }
                    }
                }
            }
        }
        return points;
    }

    private void checkDesigns() {
        try {
            designs.forEach(DeliveryDesign::ofKey);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofOption("--designs", e);
        }
    }

    private static long handlerNanos(final double micros) {
        if (!(micros >= 0 && micros <= MAX_HANDLER_MICROS)) {
            throw new IllegalArgumentException("handlerUs=" + micros + " (expected: 0.." + MAX_HANDLER_MICROS + ")");
        }
        return Math.round(micros * 1e3);
    }

    /** How much to measure each cell. */
    CellEffort effort() {
        try {
            return new CellEffort(rounds == null ? CellEffort.USUAL.rounds() : rounds,
                    roundMillis == null ? CellEffort.USUAL.roundLength() : Duration.ofMillis(roundMillis));
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    /** What all cells share. */
    CellSetting setting() {
        final CostProfile prices;
        try {
            prices = profile == null ? CostProfile.UNIT : ProfileFile.read(profile);
        } catch (final IOException | IllegalArgumentException e) {
            throw new BadInputException("--profile=" + profile + " (expected: a cost profile): " + e.getMessage(), e);
        }
        final Map<String, Long> nanos = new LinkedHashMap<>();
        for (final Cost cost : Cost.values()) {
            nanos.put(cost.key(), prices.nanos(cost));
        }
        return new CellSetting(trace == null ? null : trace.toAbsolutePath().toString(), false, groupFaults,
                prices.name(), nanos, designs());
    }

    private DesignSettings designs() {
        try {
            return DesignSettings.of(deliveryOptions.settings(), readerThreads, submissionPollingMillis);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }
}
