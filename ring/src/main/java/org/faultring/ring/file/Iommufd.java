/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import java.nio.ByteBuffer;

/**
 * One open {@code /dev/iommu}: page tables, fault objects and event queues, named by numbers. Implemented by the model
 * and by real Linux, so that one program can set up either.
 *
 * <p>Each call is one ioctl of include/uapi/linux/iommufd.h and returns what it would: a number from 1 for a new
 * object, 0 for done, or a negated error number of {@link Errno}. All objects share one number space; the lowest free
 * number is given. One thread at a time.
 */
public interface Iommufd extends AutoCloseable {

    /** {@code IOMMU_HWPT_ALLOC_NEST_PARENT}: page tables may be nested on this one. */
    int NEST_PARENT = 1;
    /** {@code IOMMU_HWPT_ALLOC_DIRTY_TRACKING}. */
    int DIRTY_TRACKING = 1 << 1;
    /** {@code IOMMU_HWPT_FAULT_ID_VALID}: faults go to the fault object given. */
    int FAULT_ID_VALID = 1 << 2;
    /** {@code IOMMU_HWPT_ALLOC_PASID}: may be attached to a PASID. */
    int PASID = 1 << 3;

    /** {@code IOMMU_HWPT_DATA_NONE}: a paging page table. */
    int DATA_NONE = 0;
    /** {@code IOMMU_HWPT_DATA_SELFTEST} (drivers/iommu/iommufd/iommufd_test.h): nested, of a mock device. */
    int DATA_SELFTEST = 0xDEAD;

    /** {@code IOMMU_VIOMMU_TYPE_SELFTEST} (drivers/iommu/iommufd/iommufd_test.h). */
    int VIOMMU_SELFTEST = 0xDEADBEEF;
    /** {@code IOMMU_VEVENTQ_TYPE_SELFTEST} (drivers/iommu/iommufd/iommufd_test.h). */
    int VEVENTQ_SELFTEST = 0xBEEFBEEF;
    /**
     * {@code IOMMU_HWPT_INVALIDATE_DATA_SELFTEST}, and the same number for a virtual IOMMU
     * (drivers/iommu/iommufd/iommufd_test.h).
     */
    int INVALIDATE_SELFTEST = 0xDEADBEEF;

    /**
     * {@code IOMMU_IOAS_ALLOC}: an address space.
     *
     * @return its number
     */
    int ioasAlloc();

    /**
     * {@code IOMMU_HWPT_ALLOC}: a page table.
     *
     * @param flags    {@link #NEST_PARENT} and so on
     * @param deviceId device that it must fit
     * @param parentId address space, page table to nest on, or virtual IOMMU
     * @param dataType {@link #DATA_NONE} or {@link #DATA_SELFTEST}; with the latter the four mock IOTLB slots of the
     *                 page table start as {@link MockDevices#IOTLB_RESET}
     * @param faultId  fault object, looked at with {@link #FAULT_ID_VALID} only
     * @return its number
     */
    int hwptAlloc(int flags, int deviceId, int parentId, int dataType, int faultId);

    /**
     * {@code IOMMU_FAULT_QUEUE_ALLOC}: a fault object, and the one file on it, see {@link #file}.
     *
     * @param flags 0
     * @return the object's number
     */
    int faultQueueAlloc(int flags);

    /**
     * {@code IOMMU_VIOMMU_ALLOC}: a virtual IOMMU.
     *
     * @param type     of the hardware below
     * @param deviceId a device behind that hardware
     * @param parentId page table with {@link #NEST_PARENT}
     * @return its number
     */
    int viommuAlloc(int type, int deviceId, int parentId);

    /**
     * {@code IOMMU_VDEVICE_ALLOC}: a device as a guest numbers it.
     *
     * @param viommuId  virtual IOMMU
     * @param deviceId  device
     * @param virtualId number that the guest's IOMMU knows the device by
     * @return its number
     */
    int vdeviceAlloc(int viommuId, int deviceId, long virtualId);

    /**
     * {@code IOMMU_VEVENTQ_ALLOC}: an event queue of a virtual IOMMU, and the one file on it, see {@link #file}.
     *
     * @param flags    0
     * @param viommuId virtual IOMMU
     * @param type     of its events
     * @param depth    events it holds, 1..2^19
     * @return the object's number
     */
    int veventqAlloc(int flags, int viommuId, int type, int depth);

    /**
     * File that came with a fault object or event queue. It stays with the caller, who closes it.
     *
     * @param id number of the object
     * @return the same file at each call
     * @throws IllegalArgumentException if this is no object that has a file
     */
    FaultFile file(int id);

    /**
     * {@code IOMMU_HWPT_INVALIDATE}.
     *
     * @param id         nested page table or virtual IOMMU
     * @param dataType   layout of the entries
     * @param entries    direct, little-endian, from index 0; null for a null pointer
     * @param entryBytes length of an entry
     * @param count      of entries
     * @return 0 or an error; how many entries were handled is {@link #invalidated()}
     */
    int hwptInvalidate(int id, int dataType, ByteBuffer entries, int entryBytes, int count);

    /**
     * Count that the last {@link #hwptInvalidate} wrote back.
     *
     * @return entries handled, on success and on error
     */
    int invalidated();

    /**
     * {@code IOMMU_DESTROY}.
     *
     * @param id number of any object
     * @return 0 or an error
     */
    int destroy(int id);

    /** Close this file. What its objects hold lives on until the last fault and event file is closed too. */
    @Override
    void close();
}
