/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lines.h"

/* include/uapi/linux/iommufd.h; the headers of a system may be older than the kernel that runs. */
enum {
    IOC_DESTROY = 0x3b80,
    IOC_IOAS_ALLOC = 0x3b81,
    IOC_HWPT_ALLOC = 0x3b89,
    IOC_FAULT_QUEUE_ALLOC = 0x3b8e,
    HWPT_FAULT_ID_VALID = 4
};

/* drivers/iommu/iommufd/iommufd_test.h */
enum { IOC_TEST = 0x3ba0, TEST_MOCK_DOMAIN = 2, TEST_MOCK_DOMAIN_REPLACE = 10, TEST_TRIGGER_IOPF = 15 };

enum { ACCESS_READ_AND_WRITE = 3 };

enum { MOST_TRIES = 1000, TRY_MICROS = 1000 };

struct destroy {
    uint32_t size, id;
};

struct ioas_alloc {
    uint32_t size, flags, out_id;
};

struct fault_queue_alloc {
    uint32_t size, flags, out_id, out_fd;
};

struct hwpt_alloc {
    uint32_t size, flags, device, parent, out_id, reserved, data_type, data_length;
    uint64_t data;
    uint32_t fault_id, reserved2;
};
_Static_assert(sizeof(struct hwpt_alloc) == 48, "IOMMU_HWPT_ALLOC has 48 bytes");

struct test {
    uint32_t size, op, id, reserved;
    union {
        struct {
            uint32_t attachment, page_table, device;
        } domain;
        struct {
            uint32_t page_table;
        } replace;
        struct {
            uint32_t device, pasid, group, access;
            uint64_t address;
        } trigger;
        uint8_t bytes[56];
    } as;
};
_Static_assert(sizeof(struct test) == 72, "IOMMU_TEST_CMD has 72 bytes");

static void must(const int fd, const unsigned long request, void *argument, const char *what) {
    if (ioctl(fd, request, argument) != 0) {
        cannot_run(what);
    }
}

static void destroy(const struct mock *mock, const uint32_t id, const char *what) {
    struct destroy command = {.size = sizeof command, .id = id};
    must(mock->iommufd, IOC_DESTROY, &command, what);
}

static void attach(const struct mock *mock, const uint32_t page_table, const char *what) {
    struct test command = {.size = sizeof command, .op = TEST_MOCK_DOMAIN_REPLACE, .id = mock->attachment};
    command.as.replace.page_table = page_table;
    must(mock->iommufd, IOC_TEST, &command, what);
}

void mock_open(struct mock *mock, const int nonblocking) {
    memset(mock, 0, sizeof *mock);
    mock->iommufd = open("/dev/iommu", O_RDWR | O_CLOEXEC);
    if (mock->iommufd < 0) {
        cannot_run("open /dev/iommu");
    }
    struct ioas_alloc ioas = {.size = sizeof ioas};
    must(mock->iommufd, IOC_IOAS_ALLOC, &ioas, "IOMMU_IOAS_ALLOC");
    mock->ioas = ioas.out_id;
    struct test device = {.size = sizeof device, .op = TEST_MOCK_DOMAIN, .id = mock->ioas};
    must(mock->iommufd, IOC_TEST, &device, "IOMMU_TEST_OP_MOCK_DOMAIN (a kernel with CONFIG_IOMMUFD_TEST)");
    mock->attachment = device.as.domain.attachment;
    mock->device = device.as.domain.device;
    struct fault_queue_alloc queue = {.size = sizeof queue};
    must(mock->iommufd, IOC_FAULT_QUEUE_ALLOC, &queue, "IOMMU_FAULT_QUEUE_ALLOC");
    mock->fault_object = queue.out_id;
    mock->fault_fd = (int)queue.out_fd;
    struct hwpt_alloc table = {.size = sizeof table,
                               .flags = HWPT_FAULT_ID_VALID,
                               .device = mock->device,
                               .parent = mock->ioas,
                               .fault_id = mock->fault_object};
    must(mock->iommufd, IOC_HWPT_ALLOC, &table, "IOMMU_HWPT_ALLOC with a fault object");
    mock->page_table = table.out_id;
    attach(mock, mock->page_table, "attaching the page table that reports faults");
    if (nonblocking && fcntl(mock->fault_fd, F_SETFL, O_NONBLOCK) != 0) {
        cannot_run("O_NONBLOCK on the fault fd");
    }
}

void mock_trigger(const struct mock *mock, const uint32_t group, const uint64_t address) {
    struct test command = {.size = sizeof command, .op = TEST_TRIGGER_IOPF};
    command.as.trigger.device = mock->device;
    command.as.trigger.group = group;
    command.as.trigger.access = ACCESS_READ_AND_WRITE;
    command.as.trigger.address = address;
    must(mock->iommufd, IOC_TEST, &command, "IOMMU_TEST_OP_TRIGGER_IOPF");
}

/* A ring that was closed lets go of the fault fd a little later, in a thread of the kernel. */
static void destroy_when_free(const struct mock *mock, const uint32_t id, const char *what) {
    struct destroy command = {.size = sizeof command, .id = id};
    for (int i = 0; i < MOST_TRIES; i++) {
        if (ioctl(mock->iommufd, IOC_DESTROY, &command) == 0) {
            return;
        }
        if (errno != EBUSY) {
            break;
        }
        usleep(TRY_MICROS);
    }
    cannot_run(what);
}

void mock_close(struct mock *mock) {
    attach(mock, mock->ioas, "detaching the page table that reports faults");
    destroy(mock, mock->page_table, "destroying the page table");
    close(mock->fault_fd);
    destroy_when_free(mock, mock->fault_object, "destroying the fault object");
    destroy(mock, mock->attachment, "destroying the mock device");
    destroy(mock, mock->ioas, "destroying the address space");
    close(mock->iommufd);
}
