/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_MOCK_H
#define FAULTRING_MOCK_H

#include <stdint.h>

/* struct iommu_hwpt_pgfault of the kernel's include/uapi/linux/iommufd.h. */
struct fault {
    uint32_t flags;
    uint32_t device;
    uint32_t pasid;
    uint32_t group;
    uint32_t access;
    uint32_t reserved;
    uint64_t address;
    uint32_t length;
    uint32_t cookie;
};
_Static_assert(sizeof(struct fault) == 40, "a fault record has 40 bytes");

/* struct iommu_hwpt_page_response of the same file. */
struct answer {
    uint32_t cookie;
    uint32_t code;
};
_Static_assert(sizeof(struct answer) == 8, "an answer has 8 bytes");

enum { ANSWER_SUCCESS = 0, FAULT_LAST_PAGE = 2 };

/* A mock device of the iommufd self-test, attached to a page table that reports its faults. */
struct mock {
    int iommufd;
    int fault_fd;
    uint32_t ioas;
    uint32_t attachment; /* the self-test's number of the device and its attachment */
    uint32_t device;     /* the number that fault records carry */
    uint32_t fault_object;
    uint32_t page_table;
};

/* Set one up. Ends the process with CANNOT_RUN where there is no iommufd with its self-test. */
void mock_open(struct mock *mock, int nonblocking);

/* Raise one fault. When this returns, the fault can be read. */
void mock_trigger(const struct mock *mock, uint32_t group, uint64_t address);

/* Take it down, in the only order that the kernel allows. */
void mock_close(struct mock *mock);

#endif
