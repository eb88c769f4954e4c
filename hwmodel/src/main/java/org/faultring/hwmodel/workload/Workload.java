/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.util.Arrays;
import java.util.Objects;

/**
 * A trace cut into page request groups: what a device that shares the recorded program's address spaces asks for, in
 * the recorded order.
 *
 * <p>A group is a run of faults that are adjacent in the trace, come from one thread (and so from one process), and
 * satisfy a {@link GroupingRule}. Groups are cut greedily from the start; every fault is in exactly one, and faults
 * {@code groupStart(g)} to {@code groupStart(g) + groupLength(g) - 1} are those of group {@code g}.
 *
 * <p>The accessors read one or two array elements and allocate nothing. A fault is named by its index,
 * 0..{@link #faults()}-1, a group by its own, 0..{@link #groups()}-1; an accessor given any other index throws
 * {@link IndexOutOfBoundsException}. It says nothing about when a group is raised: arrival is a parameter of a run, and
 * {@link #groupTimeNanos} is one choice.
 *
 * <p>Immutable; may be read by any number of threads.
 */
public final class Workload {
    /** PASID of the first process. 0 stays free, as Linux keeps it for requests without PASID. */
    public static final int FIRST_PASID = 1;

    /** Largest PASID there is: 20 bits. */
    public static final int MAX_PASID = (1 << 20) - 1;

    private final FaultTrace trace;
    private final GroupingRule rule;
    private final long[] pages;
    private final byte[] flags;
    /** One more than there are groups: the last is the number of faults. */
    private final int[] starts;
    private final int longestGroup;

    private Workload(FaultTrace trace, GroupingRule rule) {
        this.trace = trace;
        this.rule = rule;
        pages = trace.pages();
        flags = trace.flags();
        starts = cut(trace, rule);
        int longest = 0;
        for (int group = 0; group < groups(); group++) {
            longest = Math.max(longest, groupLength(group));
        }
        longestGroup = longest;
    }

    /**
     * Cuts a trace into groups.
     *
     * @param trace to cut; its arrays are shared, not copied.
     * @param rule  for the cut.
     * @return workload of at least one group.
     * @throws IllegalArgumentException if the trace has more processes than there are PASIDs.
     */
    public static Workload of(FaultTrace trace, GroupingRule rule) {
        Objects.requireNonNull(rule, "rule");
        final int maxProcesses = MAX_PASID - FIRST_PASID + 1;
        if (trace.processCount() > maxProcesses) {
            throw new IllegalArgumentException(
                    "processCount=" + trace.processCount() + " (expected: 1.." + maxProcesses + ")");
        }
        return new Workload(trace, rule);
    }

    private static int[] cut(FaultTrace trace, GroupingRule rule) {
        final int[] threadIndexes = trace.threadIndexes();
        final int faults = trace.size();
        int[] starts = new int[faults + 1];
        int groups = 1;
        for (int fault = 1; fault < faults; fault++) {
            final int start = starts[groups - 1];
            // A thread index stands for one thread of one process, so comparing it compares both.
            if (threadIndexes[fault] != threadIndexes[start]
                    || fault - start == rule.maxFaults()
                    || trace.timeNanos(fault) - trace.timeNanos(start) > rule.windowNanos()) {
                starts[groups++] = fault;
            }
        }
        starts[groups] = faults;
        return Arrays.copyOf(starts, groups + 1);
    }

    /**
     * Number of faults.
     *
     * @return size of the trace, at least 1.
     */
    public int faults() {
        return pages.length;
    }

    /**
     * Number of groups.
     *
     * @return 1..{@link #faults()}.
     */
    public int groups() {
        return starts.length - 1;
    }

    /**
     * First fault of a group.
     *
     * @param group index of the group, or {@link #groups()} for where a group behind the last one would start.
     * @return index of the fault; {@link #faults()} for {@code groups()}.
     */
    public int groupStart(int group) {
        return starts[group];
    }

    /**
     * Number of faults in a group.
     *
     * @param group index of the group.
     * @return 1..{@link #longestGroup()}.
     */
    public int groupLength(int group) {
        return starts[group + 1] - starts[group];
    }

    /**
     * Recorded time of the first fault of a group, since the first fault of the trace.
     *
     * @param group index of the group.
     * @return nanoseconds, 0 for the first group, never less than for the group before.
     */
    public long groupTimeNanos(int group) {
        return trace.timeNanos(starts[group]);
    }

    /**
     * Address space of all requests of a group.
     *
     * @param group index of the group.
     * @return {@link #FIRST_PASID}..{@link #MAX_PASID}.
     */
    public int groupPasid(int group) {
        return pasid(starts[group]);
    }

    /**
     * Start of the page that a fault touched.
     *
     * @param fault index of the fault.
     * @return virtual address, unsigned, with bits 11:0 clear.
     */
    public long pageAddress(int fault) {
        return pages[fault];
    }

    /**
     * How a fault touched its page.
     *
     * @param fault index of the fault.
     * @return {@link FaultTrace#READ} or {@link FaultTrace#WRITE}.
     */
    public int access(int fault) {
        return flags[fault] & (FaultTrace.READ | FaultTrace.WRITE);
    }

    /**
     * Address space of a fault.
     *
     * @param fault index of the fault.
     * @return {@link #FIRST_PASID} plus the index of the process in the trace, at most {@link #MAX_PASID}.
     */
    public int pasid(int fault) {
        return FIRST_PASID + trace.processIndex(fault);
    }

    /**
     * Length of the longest group.
     *
     * @return 1..{@link GroupingRule#maxFaults()} of the rule.
     */
    public int longestGroup() {
        return longestGroup;
    }

    /**
     * What was cut.
     *
     * @return the trace given to {@link #of}.
     */
    public FaultTrace trace() {
        return trace;
    }

    /**
     * How it was cut.
     *
     * @return the rule given to {@link #of}.
     */
    public GroupingRule rule() {
        return rule;
    }

    @Override
    public String toString() {
        return trace.name() + ": " + faults() + " page requests in " + groups() + " groups, the longest of "
                + longestGroup;
    }
}
