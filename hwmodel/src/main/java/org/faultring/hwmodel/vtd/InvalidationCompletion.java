/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/** How a driver learns that the wait at the end of its submission is done. Kernel world. */
public interface InvalidationCompletion {

    /**
     * What the wait must ask for.
     *
     * @return flags of {@link WaitDescriptor}
     */
    long waitFlags();

    /** Set-up: program the hardware. */
    void start();

    /**
     * Asked once in a duty cycle while a submission is under way.
     *
     * @return true if the driver should look at the wait's status, and at errors
     */
    boolean isDue();
}
