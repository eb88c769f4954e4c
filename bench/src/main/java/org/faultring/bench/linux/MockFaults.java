/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;

/**
 * The shortest way to I/O page faults on this machine: a mock device of the iommufd self-test, attached to a page table
 * whose faults go to a file.
 */
public final class MockFaults implements AutoCloseable {

    private final LinuxIommufd iommufd = new LinuxIommufd();
    private final FaultFile file;
    private final MockDevice mock;

    /**
     * Opens {@code /dev/iommu} and sets everything up.
     *
     * @throws SyscallException if a call fails; then nothing stays open
     */
    public MockFaults() {
        FaultFile opened = null;
        try {
            final int addressSpace = iommufd.check(iommufd.ioasAlloc());
            mock = iommufd.mockDevice(addressSpace, 0);
            iommufd.check(mock.result());
            final int faultId = iommufd.check(iommufd.faultQueueAlloc(0));
            opened = iommufd.file(faultId);
            final int pageTable = iommufd.check(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID, mock.deviceId(), addressSpace,
                    Iommufd.DATA_NONE, faultId));
            iommufd.check(iommufd.replace(mock, pageTable));
        } catch (final SyscallException e) {
            if (opened != null) {
                opened.close();
            }
            iommufd.close();
            throw e;
        }
        file = opened;
    }

    /**
     * Where the faults come out.
     *
     * @return the same file at each call, closed with this
     */
    public FaultFile file() {
        return file;
    }

    /**
     * Number that the device has in its faults.
     *
     * @return the number
     */
    public int deviceId() {
        return mock.deviceId();
    }

    /**
     * Raise a fault; it can be read when this returns.
     *
     * @param groupIndex  of its group
     * @param permissions that were wanted
     * @param address     that missed
     * @throws SyscallException if the call fails
     */
    public void raise(final int groupIndex, final int permissions, final long address) {
        iommufd.check(iommufd.triggerFault(mock.deviceId(), 0, groupIndex, permissions, address));
    }

    /** Closes the file and {@code /dev/iommu}; the kernel then takes everything down. */
    @Override
    public void close() {
        file.close();
        iommufd.close();
    }
}
