/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/** Told of sampled groups whose answer the device accepted. Hardware world; must not allocate or wait. */
@FunctionalInterface
public interface GroupObserver {

    /**
     * A sampled group is answered and resolved. A group that the hardware answered by itself has not passed all stages,
     * see {@link org.faultring.ring.StageTimes#isComplete}.
     *
     * @param row of the group in {@link org.faultring.ring.StageTimes}; its stamps are valid until the method returns
     */
    void onGroupAnswered(int row);
}
