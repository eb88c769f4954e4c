/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.ring.kernel.PageResponsePort;

/** A driver to be broken in one place. */
class BrokenResponses implements PageResponsePort {

    private final PageResponsePort driver;

    BrokenResponses(final PageResponsePort driver) {
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
