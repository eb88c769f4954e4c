/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * When a fault object of the model wakes those that wait for it. Whatever the rule, a duty cycle of the kernel world
 * does not end with a group that nobody was woken for, so none is stranded.
 *
 * @param groups that are put together in one wake-up, 1 for Linux's rule; fewer at the end of a duty cycle
 */
public record WakeRule(int groups) {

    /** A wake-up for each group ({@code iommufd_fault_iopf_handler}, drivers/iommu/iommufd/eventq.c). */
    public static final WakeRule EACH_GROUP = new WakeRule(1);

    /** One wake-up for all the groups of a duty cycle. */
    public static final WakeRule EACH_CYCLE = new WakeRule(Integer.MAX_VALUE);

    /** Checks the number. */
    public WakeRule {
        Checks.range("groups", groups, 1, Integer.MAX_VALUE);
    }
}
