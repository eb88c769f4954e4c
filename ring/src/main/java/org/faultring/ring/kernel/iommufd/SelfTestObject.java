/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

/** The test's own object for a mock device: {@code IOMMUFD_OBJ_SELFTEST}. Destroying it takes the device away. */
final class SelfTestObject extends KernelObject {

    private final Device device;
    private final Attachments attachments;

    SelfTestObject(final Device device, final Attachments attachments) {
        this.device = device;
        this.attachments = attachments;
    }

    Device device() {
        return device;
    }

    @Override
    void destroyed() {
        attachments.unbind(device);
    }
}
