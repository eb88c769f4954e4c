/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ioctls of {@code /dev/iommu} that are used here, and the structures they take: include/uapi/linux/iommufd.h, and
 * for the self-test drivers/iommu/iommufd/iommufd_test.h. Fields have the kernel's names (but for {@code slot}, there a
 * second {@code id}) and are 32 bits long, but for those marked {@code :64}; they follow each other without a gap, and
 * the first of each structure is its own length.
 */
enum IommufdIoctl {

    /** {@code struct iommu_destroy}. */
    DESTROY(0x3B80, "size id"),
    /** {@code struct iommu_ioas_alloc}. */
    IOAS_ALLOC(0x3B81, "size flags out_ioas_id"),
    /** {@code struct iommu_hwpt_alloc}. */
    HWPT_ALLOC(0x3B89, "size flags dev_id pt_id out_hwpt_id __reserved data_type data_len data_uptr:64 fault_id "
            + "__reserved2"),
    /** {@code struct iommu_hwpt_invalidate}. */
    HWPT_INVALIDATE(0x3B8D, "size hwpt_id data_uptr:64 data_type entry_len entry_num __reserved"),
    /** {@code struct iommu_fault_alloc}. */
    FAULT_QUEUE_ALLOC(0x3B8E, "size flags out_fault_id out_fault_fd"),
    /** {@code struct iommu_viommu_alloc}. */
    VIOMMU_ALLOC(0x3B90, "size flags type dev_id hwpt_id out_viommu_id data_len __reserved data_uptr:64"),
    /** {@code struct iommu_vdevice_alloc}. */
    VDEVICE_ALLOC(0x3B91, "size viommu_id dev_id out_vdevice_id virt_id:64"),
    /** {@code struct iommu_veventq_alloc}. */
    VEVENTQ_ALLOC(0x3B93, "size flags viommu_id type veventq_depth out_veventq_id out_veventq_fd __reserved"),

    // IOMMU_TEST_CMD: struct iommu_test_cmd is a head of 16 bytes, a union of 48, a field behind it, and padding.

    /** {@code IOMMU_TEST_OP_MOCK_DOMAIN}; id is the page table. */
    TEST_MOCK_DOMAIN(2, "out_stdev_id out_hwpt_id out_idev_id", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE}; id is the mock device. */
    TEST_MOCK_DOMAIN_REPLACE(10, "pt_id", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS}; id is the page table. */
    TEST_MOCK_DOMAIN_FLAGS(12, "out_stdev_id out_hwpt_id out_idev_id dev_flags", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_MD_CHECK_IOTLB}; id is the nested page table. */
    TEST_MD_CHECK_IOTLB(14, "slot iotlb", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_TRIGGER_IOPF}. */
    TEST_TRIGGER_IOPF(15, "dev_id pasid grpid perm addr:64", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_DEV_CHECK_CACHE}; id is the device. */
    TEST_DEV_CHECK_CACHE(16, "slot cache", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_TRIGGER_VEVENT}. */
    TEST_TRIGGER_VEVENT(17, "dev_id", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_PASID_ATTACH}; id is the mock device. */
    TEST_PASID_ATTACH(18, "pasid pt_id", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_PASID_REPLACE}; id is the mock device. */
    TEST_PASID_REPLACE(19, "pasid pt_id", Union.OF_TEST_COMMAND),
    /** {@code IOMMU_TEST_OP_PASID_DETACH}; id is the mock device. */
    TEST_PASID_DETACH(20, "pasid", Union.OF_TEST_COMMAND);

    /** What the operations of the self-test have in common. */
    private enum Union {
        OF_TEST_COMMAND;

        static final int REQUEST = 0x3BA0;
        static final String HEAD = "size op id __reserved";
        static final int END = 72;
    }

    /** Length of the longest structure in bytes. */
    static final int MAX_BYTES = Union.END;

    private final int request;
    private final int operation;
    private final int bytes;
    private final Map<String, Integer> offsets = new LinkedHashMap<>();

    IommufdIoctl(final int request, final String fields) {
        this.request = request;
        operation = 0;
        bytes = place(fields);
    }

    IommufdIoctl(final int operation, final String fields, final Union union) {
        request = Union.REQUEST;
        this.operation = operation;
        place(Union.HEAD + " " + fields);
        bytes = Union.END;
    }

    private int place(final String fields) {
        int at = 0;
        for (final String field : fields.split(" ")) {
            final boolean isLong = field.endsWith(":64");
            offsets.put(isLong ? field.substring(0, field.indexOf(':')) : field, at);
            at += isLong ? Long.BYTES : Integer.BYTES;
        }
        return at;
    }

    /** Number of the ioctl. */
    int request() {
        return request;
    }

    /** Operation of the self-test, 0 for an ioctl of its own. */
    int operation() {
        return operation;
    }

    /** Length of the structure. */
    int bytes() {
        return bytes;
    }

    /** Byte offset of a field. */
    int offset(final String field) {
        final Integer offset = offsets.get(field);
        if (offset == null) {
            throw new IllegalArgumentException("field=" + field + " (expected: one of " + offsets.keySet() + ")");
        }
        return offset;
    }

    /** As the kernel's headers call it. */
    String kernelName() {
        return operation == 0 ? "IOMMU_" + name() : "IOMMU_TEST_OP_" + name().substring("TEST_".length());
    }
}
