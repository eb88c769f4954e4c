/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.HdrHistogram.Histogram;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.result.OccupancySeries;
import org.faultring.bench.result.RunResult;
import org.faultring.bench.result.TimingCost;
import org.faultring.bench.result.TrialResult;
import org.faultring.bench.result.WarmupResult;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;

/** Small traces and results, for tests. */
public final class Samples {

    private static final long FIRST_PAGE = 0x7f00_0000_0000L;

    private Samples() {}

    /** A recording as perf prints it: one process writes to pages that follow each other, 1 microsecond apart. */
    public static String recording(final int faults) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < faults; i++) {
            text.append(String.format(Locale.ROOT, "         program 7/7 [001] 1807.%09d: exceptions:page_fault_user: "
                    + "address=0x%x ip=0x7f0000001000 error_code=0x6%n", i * 1_000, FIRST_PAGE + i * 4096L));
        }
        return text.toString();
    }

    public static byte[] gzip(final String text) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(ISO_8859_1));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Distinct pages in groups of 4, read as any recording is. */
    public static Workload workload(final int faults) {
        try {
            return Workload.of(PerfScriptReader.strict().read("sample",
                    new ByteArrayInputStream(recording(faults).getBytes(ISO_8859_1))), GroupingRule.DEFAULT);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Histogram histogram(final int samples) {
        final Histogram histogram = new Histogram(1, 600_000_000_000L, 3);
        for (int i = 1; i <= samples; i++) {
            histogram.recordValue(i);
        }
        return histogram;
    }

    public static RunResult run(final TrialResult trial) {
        final Map<String, Object> scenario = new LinkedHashMap<>();
        scenario.put("trace", "sample");
        scenario.put("durationSeconds", null);
        return new RunResult(RunResult.SCHEMA, trial.interrupted(), Environment.collect(), scenario, List.of(trial),
                new TimingCost(4.5, 0, 25));
    }

    public static Trial trial() {
        return new Trial();
    }

    /** A good trial, all of whose counts differ; change what a test is about. */
    public static final class Trial {

        private String iommu = "vtd";
        private boolean oversubscribed;
        private boolean interrupted;
        private boolean atRest = true;
        private long faultsFailed;
        private long overdue;
        private List<String> violations = List.of();
        private double elapsedSeconds = 2.5;
        private LatencySummary latency = LatencySummary.of(histogram(2_000));

        private Trial() {}

        public Trial iommu(final String key) {
            iommu = key;
            return this;
        }

        public Trial oversubscribed() {
            oversubscribed = true;
            return this;
        }

        public Trial interrupted() {
            interrupted = true;
            return this;
        }

        public Trial notAtRest() {
            atRest = false;
            return this;
        }

        public Trial faultsFailed(final long count) {
            faultsFailed = count;
            return this;
        }

        public Trial violation(final String violation) {
            violations = List.of(violation);
            return this;
        }

        public Trial elapsedSeconds(final double seconds) {
            elapsedSeconds = seconds;
            return this;
        }

        public Trial overdue(final long groups) {
            overdue = groups;
            return this;
        }

        public Trial samples(final int count) {
            latency = LatencySummary.of(histogram(count));
            return this;
        }

        public TrialResult build() {
            final Map<String, LatencySummary> stages = new LinkedHashMap<>();
            stages.put("queue", latency);
            stages.put("handle", LatencySummary.of(histogram(0)));
            return new TrialResult(iommu, "read", 2, oversubscribed, "250000", interrupted, atRest, 1_234_567,
                    faultsFailed,
                    1_234_600, 33, 1_234_501, 41, 17, 19, 21, 1, 3, violations.isEmpty(), violations, elapsedSeconds,
                    7_650_000, 0.125, new WarmupResult(0.9, true), latency, stages, Map.of("requests", 1_234_600L),
                    overdue,
                    new OccupancySeries(List.of(0L, 1000L), Map.of("requests in flight", List.of(0L, 512L))));
        }
    }
}
