/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * When a fault object of the model wakes those that wait for it. None is stranded: a duty cycle of the kernel world
 * does not end with a group that nobody was woken for, unless the reader is still at those before it and finds it by
 * itself.
 *
 * @param groups that are put together in one wake-up, 1 for Linux's rule; fewer at the end of a duty cycle. 0 for a
 *               wake-up when there was nothing to read before, see {@link #ON_EMPTY}
 */
public record WakeRule(int groups) {

    /** A wake-up for each group ({@code iommufd_fault_iopf_handler}, drivers/iommu/iommufd/eventq.c). */
    public static final WakeRule EACH_GROUP = new WakeRule(1);

    /** One wake-up for all the groups of a duty cycle. */
    public static final WakeRule EACH_CYCLE = new WakeRule(Integer.MAX_VALUE);

    /**
     * A wake-up for a group that finds nothing waiting before it, as a pipe has it. A reader must read until there is
     * nothing before it waits.
     */
    public static final WakeRule ON_EMPTY = new WakeRule(0);

    private static final String GROUP_KEY = "group";
    private static final String CYCLE_KEY = "cycle";
    private static final String EMPTY_KEY = "empty";

    /** Checks the number. */
    public WakeRule {
        Checks.range("groups", groups, 0, Integer.MAX_VALUE);
    }

    /**
     * Name for commands and results.
     *
     * @return group, cycle, empty, or a number of groups
     */
    public String key() {
        return switch (groups) {
            case 0 -> EMPTY_KEY;
            case 1 -> GROUP_KEY;
            case Integer.MAX_VALUE -> CYCLE_KEY;
            default -> Integer.toString(groups);
        };
    }

    /**
     * Rule of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the rule
     * @throws IllegalArgumentException if there is none of that name
     */
    public static WakeRule ofKey(final String key) {
        switch (key) {
            case EMPTY_KEY:
                return ON_EMPTY;
            case GROUP_KEY:
                return EACH_GROUP;
            case CYCLE_KEY:
                return EACH_CYCLE;
            default:
                if (key.matches("[1-9][0-9]{0,8}")) {
                    return new WakeRule(Integer.parseInt(key));
                }
                throw new IllegalArgumentException("wakes=" + key + " (expected: group, empty, cycle or a number of "
                        + "groups, 1..999999999)");
        }
    }
}
