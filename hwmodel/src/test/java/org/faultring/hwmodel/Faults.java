/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.faultring.hwmodel.workload.FaultTrace;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;

/**
 * Writes a trace fault by fault. Faults of one process that follow each other without a {@link #gap()} are 1
 * microsecond apart, so {@link GroupingRule#DEFAULT} puts up to four of them into a group.
 */
public final class Faults {

    /** Where pages of tests begin. */
    public static final long PAGES = 0x7f00_0000_0000L;
    public static final int PAGE_BYTES = 4096;

    private static final long STEP_NANOS = 1_000;
    private static final long GAP_NANOS = 50_000;
    private static final long START_NANOS = 5_000_000_000L;

    private final StringBuilder text = new StringBuilder();
    private long nanos = START_NANOS;

    /** Time of the next fault, since that of the first one if this is not it. */
    public Faults at(final long sinceStartNanos) {
        nanos = START_NANOS + sinceStartNanos;
        return this;
    }

    /** The next fault begins a group. */
    public Faults gap() {
        nanos += GAP_NANOS;
        return this;
    }

    /** A process, counted from 0 in the order in which they appear, misses a page. */
    public Faults touch(final int process, final long address, final boolean write) {
        final int id = 100 + process;
        text.append("program ").append(id).append('/').append(id).append(" [000] ").append(nanos / 1_000_000_000)
                .append('.').append(Long.toString(1_000_000_000 + nanos % 1_000_000_000).substring(1))
                .append(": exceptions:page_fault_user: address=0x").append(Long.toHexString(address))
                .append(" ip=0x7f0000001000 error_code=").append(write ? "0x6" : "0x4").append('\n');
        nanos += STEP_NANOS;
        return this;
    }

    /** Reads of process 0 on pages that follow each other. */
    public Faults run(final int firstPage, final int count) {
        for (int i = 0; i < count; i++) {
            touch(0, page(firstPage + i), false);
        }
        return this;
    }

    /** Groups of process 0, by {@link GroupingRule#DEFAULT}, on pages that follow each other. */
    public Faults groups(final int firstPage, final int groups, final int length) {
        for (int i = 0; i < groups; i++) {
            run(firstPage + i * length, length).gap();
        }
        return this;
    }

    /** Faults of a few processes, in groups of any length, that come back to pages of before. */
    public Faults random(final long seed, final int count, final int processes, final int pages) {
        final Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                gap();
            }
            touch(random.nextInt(processes), page(random.nextInt(pages)), random.nextBoolean());
        }
        return this;
    }

    public static long page(final int number) {
        return PAGES + (long) number * PAGE_BYTES;
    }

    public FaultTrace trace() {
        try {
            return PerfScriptReader.strict().read("test",
                    new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.ISO_8859_1)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Workload workload(final GroupingRule rule) {
        return Workload.of(trace(), rule);
    }

    /** Every fault a group. */
    public Workload single() {
        return workload(GroupingRule.SINGLE);
    }

    /** Up to four faults a group. */
    public Workload grouped() {
        return workload(GroupingRule.DEFAULT);
    }
}
