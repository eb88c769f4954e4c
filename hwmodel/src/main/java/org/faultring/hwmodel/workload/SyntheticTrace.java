/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * Faults that nobody recorded: groups of drawn sizes, over pages in a pattern, in address spaces that take turns. Times
 * are one nanosecond from group to group, so that {@link #RULE} cuts it into the groups it was made of; when they are
 * raised is for a {@link RaiseSchedule} to say.
 */
public final class SyntheticTrace {

    /** Cuts such a trace into its groups. */
    public static final GroupingRule RULE = new GroupingRule(GroupingRule.MAX_FAULTS, 0);

    /** Which page a fault touches. */
    public enum Pattern {
        /** The one after the last, and the first after the last of all. */
        SEQUENTIAL,
        /** Any. */
        RANDOM
    }

    private static final long FIRST_ADDRESS = 0x7F00_0000_0000L;
    /** Error code of a write to a page that is not there, by user space (x86: bits 1 and 2). */
    private static final int WRITE_MISS = 6;
    private static final int READ_MISS = 4;

    private SyntheticTrace() {}

    /**
     * Make a trace.
     *
     * @param groups    groups, 1..2^20
     * @param processes address spaces, each group in the next, 1..64
     * @param pages     of each address space, 64..2^20
     * @param pattern   of the pages
     * @param length    draws the length of a group, which is kept within 1..64
     * @param random    to draw from
     * @return the trace, half of its faults writes
     */
    public static FaultTrace of(final int groups, final int processes, final int pages, final Pattern pattern,
            final ToIntFunction<SplittableRandom> length, final SplittableRandom random) {
        check("groups", groups, 1 << 20);
        check("processes", processes, 64);
        check("pages", pages, 1 << 20);
        final FaultTraceBuilder builder = new FaultTraceBuilder();
        final int[] next = new int[processes];
        for (int group = 0; group < groups; group++) {
            final int process = group % processes;
            final TracedThread thread = builder.thread(process, process);
            final int faults = Math.max(1, Math.min(GroupingRule.MAX_FAULTS, length.applyAsInt(random)));
            // Two faults of a group on one page would be one request of a device.
            int page = pattern == Pattern.RANDOM ? (int) ((random.nextLong() >>> 1) % pages) : next[process];
            for (int fault = 0; fault < faults; fault++) {
                builder.add(thread, group, FIRST_ADDRESS + (long) page * FaultTrace.PAGE_BYTES,
                        (page & 1) == 0 ? READ_MISS : WRITE_MISS);
                page = (page + 1) % pages;
            }
            next[process] = page;
        }
        return builder.build("synthetic", 0);
    }

    private static void check(final String name, final int value, final int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: 1.." + most + ")");
        }
    }
}
