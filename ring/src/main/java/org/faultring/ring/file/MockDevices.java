/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * Devices that fault on request: {@code IOMMU_TEST_CMD} of a kernel with the iommufd self-test
 * (drivers/iommu/iommufd/selftest.c, iommufd_test.h). Each is alone in its IOMMU group, raises groups of one fault, and
 * never tells what answer it got.
 *
 * <p>Results as of {@link Iommufd}; the same thread.
 */
public interface MockDevices {

    /** What the IOTLB slots of a nested page table hold before an invalidation. */
    int IOTLB_RESET = 0xBADBEEF;
    /** What the cache slots of a device hold before an invalidation. */
    int CACHE_RESET = 0xBADDAD;
    /** Device flag: takes PASIDs of 20 bits ({@code MOCK_FLAGS_DEVICE_PASID}). */
    int DEVICE_PASID = 1 << 2;

    /**
     * {@code MOCK_DOMAIN}, and {@code MOCK_DOMAIN_FLAGS} where there are flags: a device, attached.
     *
     * @param pageTable address space or page table
     * @param flags     0 or {@link #DEVICE_PASID}
     * @return the device, or what went wrong
     */
    MockDevice mockDevice(int pageTable, int flags);

    /**
     * {@code MOCK_DOMAIN_REPLACE}.
     *
     * @param device    to attach elsewhere
     * @param pageTable address space or page table
     * @return number of the page table that it is attached to now, or an error
     */
    int replace(MockDevice device, int pageTable);

    /**
     * {@code PASID_ATTACH}.
     *
     * @param device    with {@link #DEVICE_PASID}
     * @param pasid     1..2^20 - 1
     * @param pageTable with {@link Iommufd#PASID}
     * @return 0 or an error
     */
    int pasidAttach(MockDevice device, int pasid, int pageTable);

    /**
     * {@code PASID_REPLACE}.
     *
     * @param device    with {@link #DEVICE_PASID}
     * @param pasid     attached
     * @param pageTable with {@link Iommufd#PASID}
     * @return 0 or an error
     */
    int pasidReplace(MockDevice device, int pasid, int pageTable);

    /**
     * {@code PASID_DETACH}.
     *
     * @param device with {@link #DEVICE_PASID}
     * @param pasid  any
     * @return 0 or an error
     */
    int pasidDetach(MockDevice device, int pasid);

    /**
     * {@code TRIGGER_IOPF}: a group of one fault. When this returns, the group can be read.
     *
     * @param deviceId    as {@link MockDevice#deviceId()}
     * @param pasid       0 for a fault without one
     * @param groupIndex  of the group
     * @param permissions that were wanted
     * @param address     that missed
     * @return 0, also where the fault was thrown away, or an error
     */
    int triggerFault(int deviceId, int pasid, int groupIndex, int permissions, long address);

    /**
     * {@code TRIGGER_VEVENT}: an event for the virtual IOMMU of the device.
     *
     * @param deviceId as {@link MockDevice#deviceId()}
     * @return 0 or an error
     */
    int triggerEvent(int deviceId);

    /**
     * {@code MD_CHECK_IOTLB}.
     *
     * @param pageTable nested
     * @param slot      0..3
     * @param value     expected
     * @return 0, or EINVAL if it is another one
     */
    int checkIotlb(int pageTable, int slot, int value);

    /**
     * {@code DEV_CHECK_CACHE}.
     *
     * @param deviceId as {@link MockDevice#deviceId()}
     * @param slot     0..3
     * @param value    expected
     * @return 0, or EINVAL if it is another one
     */
    int checkCache(int deviceId, int slot, int value);
}
