/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.agrona.collections.Int2ObjectHashMap;
import org.faultring.ring.file.MockDevices;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.MockCache;

/**
 * A mock device, bound: {@code IOMMUFD_OBJ_DEVICE}, alone in its IOMMU group. Its driver uses it, so that only the test
 * object takes it away.
 */
final class Device extends KernelObject {

    /** Device flag: cannot note which pages were written ({@code MOCK_FLAGS_DEVICE_NO_DIRTY}, iommufd_test.h). */
    static final int NO_DIRTY_TRACKING = 1;

    private final int flags;
    private final int kernelNumber;
    private final MockDriver driver = new MockDriver(this);
    private final MockCache cache = new MockCache(MockDevices.CACHE_RESET);
    private final Int2ObjectHashMap<PageTable> attached = new Int2ObjectHashMap<>();
    private VirtualDeviceObject virtualDevice;

    /** A device with a number in the fault layer. */
    Device(final int flags, final int kernelNumber) {
        this.flags = flags;
        this.kernelNumber = kernelNumber;
        use();
    }

    /** Number in the fault layer. */
    int kernelNumber() {
        return kernelNumber;
    }

    MockDriver driver() {
        return driver;
    }

    MockCache cache() {
        return cache;
    }

    boolean canTrackDirt() {
        return (flags & NO_DIRTY_TRACKING) == 0;
    }

    /** Whether a number is a PASID to this device. */
    boolean takesPasid(final int pasid) {
        return (flags & MockDevices.DEVICE_PASID) != 0 && pasid >>> AttachTable.PASID_BITS == 0;
    }

    /** What is attached to a PASID, 0 for none; or null. */
    PageTable attached(final int pasid) {
        return attached.get(pasid);
    }

    /** Note what is attached to a PASID, null for nothing. */
    void attached(final int pasid, final PageTable table) {
        if (table == null) {
            attached.remove(pasid);
        } else {
            attached.put(pasid, table);
        }
    }

    /** Whether something is attached to a PASID other than 0. */
    boolean usesPasids() {
        return attached.size() > (attached.containsKey(AttachTable.NO_PASID) ? 1 : 0);
    }

    /** PASIDs to which something is attached, 0 for the device itself. */
    int[] pasids() {
        return attached.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** How a guest numbers it, or null. */
    VirtualDeviceObject virtualDevice() {
        return virtualDevice;
    }

    void virtualDevice(final VirtualDeviceObject newVirtualDevice) {
        virtualDevice = newVirtualDevice;
    }
}
