/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A device: raises as many groups of one fault as it is told, and waits for all answers.
 *
 *     cc -O2 -o device device.c && ./device /dev/shm/faults 1000
 */
#define _POSIX_C_SOURCE 200809L
#include "faultring.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CAPACITY = 1024 };
static const int64_t STALE_NANOS = 1000000000;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static long answered;
static long refused;

static void on_answer(void *context, uint32_t cookie, uint32_t code) {
    (void) context;
    (void) cookie;
    answered++;
    refused += code != FR_SUCCESS;
}

static int raise_fault(fr_device *device, uint32_t cookie) {
    if (fr_device_try_claim(device, 1) < 0) {
        return 0; /* full: answers come first */
    }
    fr_fault fault = fr_blank_fault();
    fault.flags = FR_LAST_PAGE;
    fault.perm = FR_READ;
    fault.addr = UINT64_C(0x1000) + cookie * UINT64_C(4096);
    fault.cookie = cookie;
    fr_put_fault(fr_device_slot(device, 0), &fault);
    return fr_device_commit(device, cookie) == FR_OK;
}

int main(int argc, char **argv) {
    fr_file file;
    fr_device device;
    if (argc != 3) {
        fprintf(stderr, "usage: device FILE FAULTS\n");
        return 2;
    }
    long faults = atol(argv[2]);
    int result = fr_create(&file, argv[1], CAPACITY);
    if (result == FR_CANNOT_OPEN && errno == EEXIST) {
        result = fr_attach(&file, argv[1]);
    }
    fr_outstanding *table =
        result == FR_OK ? (fr_outstanding *) calloc((size_t) file.capacity, sizeof *table) : NULL;
    if (table != NULL) {
        result = fr_device_attach(&device, &file, table, now(), STALE_NANOS);
    }
    if (result != FR_OK || table == NULL) {
        fprintf(stderr, "device: cannot use %s: error %d\n", argv[1], result);
        return 3;
    }
    for (long raised = 0; answered < faults;) {
        if (!fr_device_heartbeat(&device, now())) {
            fprintf(stderr, "device: another one has taken over\n");
            return 1;
        }
        raised += raised < faults && raise_fault(&device, (uint32_t) raised);
        fr_device_poll(&device, on_answer, NULL, 64);
    }
    fr_device_close(&device);
    fr_detach(&file);
    free(table);
    printf("answered %ld, refused %ld\n", answered, refused);
    return 0;
}
