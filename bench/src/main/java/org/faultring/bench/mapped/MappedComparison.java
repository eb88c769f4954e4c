/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.bench.statistics.RatioEstimate;

/** Mapped rings between Java and C next to usual ones, in turn over rounds on two cores. */
public final class MappedComparison {

    /** Told before each load how much is done, 0..1, and what comes. */
    @FunctionalInterface
    public interface Progress {
        /**
         * How far it is.
         *
         * @param done of the whole, 0..1
         * @param what comes
         */
        void at(double done, String what);
    }

    private static final int WARMUPS = 2;

    private final List<Load> loads = new ArrayList<>();
    private final int rounds;
    private final int faults;

    /**
     * A comparison.
     *
     * @param program in C
     * @param folder  for the files, best in memory
     * @param effort  how much
     */
    public MappedComparison(final MappedProgram program, final Path folder, final MappedEffort effort) {
        this.rounds = effort.rounds();
        this.faults = effort.faults();
        for (final Traffic traffic : Traffic.values()) {
            for (final Language producer : Language.values()) {
                for (final Language consumer : Language.values()) {
                    loads.add(new PairLoad(new LoadName(traffic, LoadName.OURS, producer, consumer), program, folder));
                }
            }
            for (final UsualRing ring : UsualRing.values()) {
                if (ring.loadName().traffic() == traffic) {
                    loads.add(new UsualLoad(ring, program));
                }
            }
        }
    }

    /**
     * Measure.
     *
     * @param progress told what is measured
     * @return a row for each load
     * @throws CannotRunException  if an end fails
     * @throws LostFaultsException if a ring lost some
     */
    public List<LoadRow> run(final Progress progress) throws CannotRunException, LostFaultsException {
        final double[][] nanos = new double[loads.size()][rounds];
        final double[] allocated = new double[loads.size()];
        for (int round = -WARMUPS; round < rounds; round++) {
            for (int i = 0; i < loads.size(); i++) {
                // Who comes first takes turns, so that a drift of the machine favours nobody.
                final int index = Math.floorMod(i + round, loads.size());
                progress.at((double) ((round + WARMUPS) * loads.size() + i) / ((rounds + WARMUPS) * loads.size()),
                        loads.get(index).name().toString());
                final LoadFigures figures = loads.get(index).run(faults);
                if (round >= 0) {
                    nanos[index][round] = figures.nanosPerFault();
                    allocated[index] = Math.max(allocated[index], figures.allocatedBytesPerFault());
                }
            }
        }
        final List<LoadRow> rows = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            final LoadName name = loads.get(i).name();
            rows.add(new LoadRow(name, MedianEstimate.of(nanos[i]).orElseThrow(),
                    RatioEstimate.of(nanos[indexOf(name.inJava())], nanos[i]).orElseThrow(), allocated[i]));
        }
        return rows;
    }

    private int indexOf(final LoadName name) {
        return Arrays.asList(loads.stream().map(Load::name).toArray()).indexOf(name);
    }
}
