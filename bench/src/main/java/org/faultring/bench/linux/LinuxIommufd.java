/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;

/**
 * {@code /dev/iommu} of the running kernel, and its mock devices where the kernel has the iommufd self-test
 * ({@code CONFIG_IOMMUFD_TEST}; each call for them is ENOTTY elsewhere). {@link IommuAvailability} tells before.
 */
public final class LinuxIommufd implements Iommufd, MockDevices {

    private static final int NESTED_DATA_BYTES = 8;

    private final IommuDevice device = new IommuDevice();
    private final Map<Integer, IommuFaultFile> files = new HashMap<>();
    /** {@code struct iommu_hwpt_selftest}: first content of the IOTLB slots, and 0 for the usual kind of page table. */
    private final MemorySegment nestedData = Arena.ofAuto().allocate(NESTED_DATA_BYTES, Long.BYTES);
    private int invalidated;

    /**
     * Opens the file.
     *
     * @throws SyscallException if that fails
     */
    public LinuxIommufd() {
        nestedData.set(JAVA_INT, 0, IOTLB_RESET);
    }

    /**
     * The result of a call just made that must not fail.
     *
     * @param result that it returned
     * @return the result, 0 or more
     * @throws SyscallException if it is an error, with the name of the ioctl
     */
    public int check(final int result) {
        return SyscallException.check(device.lastCall(), result);
    }

    /**
     * The file as the kernel names it, for calls that this class does not make.
     *
     * @return descriptor, -1 once closed
     */
    public int descriptor() {
        return device.descriptor();
    }

    @Override
    public int ioasAlloc() {
        return device.begin(IommufdIoctl.IOAS_ALLOC).callFor("out_ioas_id");
    }

    @Override
    public int hwptAlloc(final int flags, final int deviceId, final int parentId, final int dataType,
            final int faultId) {
        device.begin(IommufdIoctl.HWPT_ALLOC).put("flags", flags).put("dev_id", deviceId).put("pt_id", parentId)
                .put("data_type", dataType).put("fault_id", faultId);
        if (dataType != DATA_NONE) {
            device.put("data_len", NESTED_DATA_BYTES).putLong("data_uptr", nestedData.address());
        }
        return device.callFor("out_hwpt_id");
    }

    @Override
    public int faultQueueAlloc(final int flags) {
        return withFile(device.begin(IommufdIoctl.FAULT_QUEUE_ALLOC).put("flags", flags).callFor("out_fault_id"),
                "out_fault_fd", FileShape.IOMMUFD_FAULT);
    }

    @Override
    public int viommuAlloc(final int type, final int deviceId, final int parentId) {
        return device.begin(IommufdIoctl.VIOMMU_ALLOC).put("type", type).put("dev_id", deviceId)
                .put("hwpt_id", parentId).callFor("out_viommu_id");
    }

    @Override
    public int vdeviceAlloc(final int viommuId, final int deviceId, final long virtualId) {
        return device.begin(IommufdIoctl.VDEVICE_ALLOC).put("viommu_id", viommuId).put("dev_id", deviceId)
                .putLong("virt_id", virtualId).callFor("out_vdevice_id");
    }

    @Override
    public int veventqAlloc(final int flags, final int viommuId, final int type, final int depth) {
        return withFile(device.begin(IommufdIoctl.VEVENTQ_ALLOC).put("flags", flags).put("viommu_id", viommuId)
                .put("type", type).put("veventq_depth", depth).callFor("out_veventq_id"), "out_veventq_fd",
                FileShape.IOMMUFD_EVENT);
    }

    private int withFile(final int id, final String field, final FileShape shape) {
        if (id > 0) {
            files.put(id, new IommuFaultFile(device.get(field), shape));
        }
        return id;
    }

    @Override
    public FaultFile file(final int id) {
        final FaultFile file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("id=" + id + " (expected: an object with a file, " + files.keySet()
                    + ")");
        }
        return file;
    }

    @Override
    public int hwptInvalidate(final int id, final int dataType, final ByteBuffer entries, final int entryBytes,
            final int count) {
        final long address = entries == null ? 0 : MemorySegment.ofBuffer(entries.duplicate().clear()).address();
        final int result = device.begin(IommufdIoctl.HWPT_INVALIDATE).put("hwpt_id", id).put("data_type", dataType)
                .putLong("data_uptr", address).put("entry_len", entryBytes).put("entry_num", count).call();
        invalidated = device.get("entry_num");
        return result;
    }

    @Override
    public int invalidated() {
        return invalidated;
    }

    @Override
    public int destroy(final int id) {
        final int result = device.begin(IommufdIoctl.DESTROY).put("id", id).call();
        if (result == 0) {
            files.remove(id);
        }
        return result;
    }

    /** Closes this descriptor and leaves the files, which their callers close. */
    @Override
    public void close() {
        device.close();
    }

    @Override
    public MockDevice mockDevice(final int pageTable, final int flags) {
        device.begin(flags == 0 ? IommufdIoctl.TEST_MOCK_DOMAIN : IommufdIoctl.TEST_MOCK_DOMAIN_FLAGS)
                .put("id", pageTable);
        if (flags != 0) {
            device.put("dev_flags", flags);
        }
        final int result = device.call();
        return result < 0 ? MockDevice.failed(result)
                : new MockDevice(0, device.get("out_stdev_id"), device.get("out_hwpt_id"), device.get("out_idev_id"));
    }

    @Override
    public int replace(final MockDevice mock, final int pageTable) {
        return device.begin(IommufdIoctl.TEST_MOCK_DOMAIN_REPLACE).put("id", mock.selfTestId())
                .put("pt_id", pageTable).callFor("pt_id");
    }

    @Override
    public int pasidAttach(final MockDevice mock, final int pasid, final int pageTable) {
        return device.begin(IommufdIoctl.TEST_PASID_ATTACH).put("id", mock.selfTestId()).put("pasid", pasid)
                .put("pt_id", pageTable).call();
    }

    @Override
    public int pasidReplace(final MockDevice mock, final int pasid, final int pageTable) {
        return device.begin(IommufdIoctl.TEST_PASID_REPLACE).put("id", mock.selfTestId()).put("pasid", pasid)
                .put("pt_id", pageTable).call();
    }

    @Override
    public int pasidDetach(final MockDevice mock, final int pasid) {
        return device.begin(IommufdIoctl.TEST_PASID_DETACH).put("id", mock.selfTestId()).put("pasid", pasid).call();
    }

    @Override
    public int triggerFault(final int deviceId, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        return device.begin(IommufdIoctl.TEST_TRIGGER_IOPF).put("dev_id", deviceId).put("pasid", pasid)
                .put("grpid", groupIndex).put("perm", permissions).putLong("addr", address).call();
    }

    @Override
    public int triggerEvent(final int deviceId) {
        return device.begin(IommufdIoctl.TEST_TRIGGER_VEVENT).put("dev_id", deviceId).call();
    }

    @Override
    public int checkIotlb(final int pageTable, final int slot, final int value) {
        return device.begin(IommufdIoctl.TEST_MD_CHECK_IOTLB).put("id", pageTable).put("slot", slot)
                .put("iotlb", value).call();
    }

    @Override
    public int checkCache(final int deviceId, final int slot, final int value) {
        return device.begin(IommufdIoctl.TEST_DEV_CHECK_CACHE).put("id", deviceId).put("slot", slot)
                .put("cache", value).call();
    }
}
