/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lengths and places of include/uapi/linux/iommufd.h and drivers/iommu/iommufd/iommufd_test.h. */
class IommufdIoctlTest {

    @ParameterizedTest
    @CsvSource({"DESTROY, 0x3B80, 8", "IOAS_ALLOC, 0x3B81, 12", "HWPT_ALLOC, 0x3B89, 48",
        "HWPT_INVALIDATE, 0x3B8D, 32", "FAULT_QUEUE_ALLOC, 0x3B8E, 16", "VIOMMU_ALLOC, 0x3B90, 40",
        "VDEVICE_ALLOC, 0x3B91, 24", "VEVENTQ_ALLOC, 0x3B93, 32", "TEST_TRIGGER_IOPF, 0x3BA0, 72"})
    void shouldHaveTheNumbersAndLengthsOfTheKernel(final IommufdIoctl ioctl, final int request, final int bytes) {
        assertEquals(request, ioctl.request());
        assertEquals(bytes, ioctl.bytes());
    }

    @ParameterizedTest
    @CsvSource({"TEST_MOCK_DOMAIN, 2", "TEST_MOCK_DOMAIN_REPLACE, 10", "TEST_MOCK_DOMAIN_FLAGS, 12",
        "TEST_MD_CHECK_IOTLB, 14", "TEST_TRIGGER_IOPF, 15", "TEST_DEV_CHECK_CACHE, 16", "TEST_TRIGGER_VEVENT, 17",
        "TEST_PASID_ATTACH, 18", "TEST_PASID_REPLACE, 19", "TEST_PASID_DETACH, 20", "DESTROY, 0"})
    void shouldHaveTheOperationsOfTheSelfTest(final IommufdIoctl ioctl, final int operation) {
        assertEquals(operation, ioctl.operation());
    }

    @ParameterizedTest
    @CsvSource({"DESTROY, id, 4", "IOAS_ALLOC, out_ioas_id, 8", "HWPT_ALLOC, out_hwpt_id, 16",
        "HWPT_ALLOC, data_type, 24", "HWPT_ALLOC, data_uptr, 32", "HWPT_ALLOC, fault_id, 40",
        "HWPT_INVALIDATE, data_uptr, 8", "HWPT_INVALIDATE, entry_num, 24", "FAULT_QUEUE_ALLOC, out_fault_fd, 12",
        "VIOMMU_ALLOC, out_viommu_id, 20", "VIOMMU_ALLOC, data_uptr, 32", "VDEVICE_ALLOC, virt_id, 16",
        "VEVENTQ_ALLOC, veventq_depth, 16", "VEVENTQ_ALLOC, out_veventq_fd, 24", "TEST_MOCK_DOMAIN, out_idev_id, 24",
        "TEST_MOCK_DOMAIN_FLAGS, dev_flags, 28", "TEST_TRIGGER_IOPF, dev_id, 16", "TEST_TRIGGER_IOPF, addr, 32",
        "TEST_PASID_ATTACH, pt_id, 20", "TEST_MD_CHECK_IOTLB, slot, 16"})
    void shouldHaveThePlacesOfTheKernel(final IommufdIoctl ioctl, final String field, final int offset) {
        assertEquals(offset, ioctl.offset(field));
    }

    @ParameterizedTest
    @EnumSource(IommufdIoctl.class)
    void shouldFitTheMemoryOfTheOneArgument(final IommufdIoctl ioctl) {
        assertTrue(ioctl.bytes() <= IommufdIoctl.MAX_BYTES);
        assertEquals(0, ioctl.offset("size"));
    }

    @Test
    void shouldNameTheFieldsItHas() {
        assertEquals("field=pasid (expected: one of [size, id])", assertThrows(IllegalArgumentException.class,
                () -> IommufdIoctl.DESTROY.offset("pasid")).getMessage());
    }

    @Test
    void shouldBeCalledAsInTheKernel() {
        assertEquals("IOMMU_HWPT_ALLOC", IommufdIoctl.HWPT_ALLOC.kernelName());
        assertEquals("IOMMU_TEST_OP_TRIGGER_IOPF", IommufdIoctl.TEST_TRIGGER_IOPF.kernelName());
    }
}
