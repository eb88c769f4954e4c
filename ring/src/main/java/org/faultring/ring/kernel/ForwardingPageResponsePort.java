/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/** A driver's port that does what another does, for those that look at the answers on their way. Kernel world. */
public class ForwardingPageResponsePort implements PageResponsePort {

    private final PageResponsePort driver;

    /**
     * In front of another.
     *
     * @param driver answers devices
     */
    protected ForwardingPageResponsePort(final PageResponsePort driver) {
        this.driver = driver;
    }

    @Override
    public int room() {
        return driver.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        driver.respond(device, flags, pasid, groupIndex, code);
    }

    @Override
    public void submit() {
        driver.submit();
    }
}
