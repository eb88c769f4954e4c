/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.HdrHistogram.Histogram;

/** A histogram in HdrHistogram's percentile format, which its plotters read. */
public final class HistogramFile {

    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private HistogramFile() {}

    /**
     * Write it.
     *
     * @param folder    to write to
     * @param name      of the file, to which {@code .hgrm} is added
     * @param histogram of ns
     * @throws IOException if it cannot be written; it is not left half-written
     */
    public static void write(final ResultFolder folder, final String name, final Histogram histogram)
            throws IOException {
        folder.replace(name + ".hgrm", out -> {
            final PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
            histogram.outputPercentileDistribution(print, TICKS_PER_HALF_DISTANCE, 1.0);
            if (print.checkError()) {
                throw new IOException("cannot write " + name + ".hgrm");
            }
        });
    }
}
