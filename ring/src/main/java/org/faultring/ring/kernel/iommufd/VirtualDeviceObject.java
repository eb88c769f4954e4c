/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

/**
 * A device as a guest numbers it: {@code IOMMUFD_OBJ_VDEVICE}. It uses the virtual IOMMU, and goes with the device at
 * the latest.
 */
final class VirtualDeviceObject extends KernelObject {

    private final VirtualIommuObject viommu;
    private final Device device;
    private final long virtualId;

    /** The device is in the virtual IOMMU already. */
    VirtualDeviceObject(final VirtualIommuObject viommu, final Device device, final long virtualId) {
        this.viommu = viommu;
        this.device = device;
        this.virtualId = virtualId;
        viommu.use();
        device.virtualDevice(this);
    }

    VirtualIommuObject viommu() {
        return viommu;
    }

    long virtualId() {
        return virtualId;
    }

    @Override
    void destroyed() {
        device.virtualDevice(null);
        viommu.iommu().removeDevice(device.number());
        viommu.unuse();
    }
}
