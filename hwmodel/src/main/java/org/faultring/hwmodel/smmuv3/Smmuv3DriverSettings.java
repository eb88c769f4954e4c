/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.ring.Checks;

/**
 * How a driver sets an SMMU up. Queues are no larger than the hardware's identification registers allow.
 *
 * @param log2Commands           LOG2SIZE of the command queue, 7..18: a driver needs room for a batch of 64 and a sync
 * @param log2Events             LOG2SIZE of the event queue, 0..17
 * @param log2Requests           LOG2SIZE of the PRI queue, 0..18
 * @param responsesPerSubmission answers that are announced to the hardware with one write of CMDQ_PROD at most, 1..64;
 *                               Linux announces each by itself
 * @param credits                page requests in flight that a driver which uses the PRI queue grants to a function,
 *                               from 1
 */
public record Smmuv3DriverSettings(int log2Commands, int log2Events, int log2Requests, int responsesPerSubmission,
        int credits) {

    /** Commands of a batch ({@code CMDQ_BATCH_ENTRIES}). */
    public static final int BATCH = 64;

    /**
     * What Linux asks for with 4 KiB pages and its default limit of 1 MiB for a queue: 65536 commands, 32768 events,
     * 65536 page requests ({@code CMDQ_MAX_SZ_SHIFT} and so on, arm-smmu-v3.h).
     */
    public static final Smmuv3DriverSettings LINUX = new Smmuv3DriverSettings(16, 15, 16, 1, 512);

    /** Checks the values. */
    public Smmuv3DriverSettings {
        Checks.range("log2Commands", log2Commands, 7, 18);
        Checks.range("log2Events", log2Events, 0, 17);
        Checks.range("log2Requests", log2Requests, 0, 18);
        Checks.range("responsesPerSubmission", responsesPerSubmission, 1, BATCH);
        Checks.range("credits", credits, 1, Integer.MAX_VALUE);
    }
}
