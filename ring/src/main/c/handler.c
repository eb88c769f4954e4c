/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A fault handler: makes the file if there is none, answers every group, ends after as many as it is told (0: never).
 *
 *     cc -O2 -o handler handler.c && ./handler /dev/shm/faults 1000
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

static void on_group(void *context, const uint8_t *first, int64_t position, int64_t slots) {
    fr_handler *handler = (fr_handler *) context;
    fr_fault fault = fr_get_fault(first); /* a copy: the device may write on */
    (void) slots;
    /* Map the page at fault.addr here. An address of 0 cannot be mapped. */
    if (fr_handler_answer(handler, position, fault.addr == 0 ? FR_INVALID : FR_SUCCESS) == 1) {
        answered++;
    }
}

int main(int argc, char **argv) {
    fr_file file;
    fr_handler handler;
    if (argc != 3) {
        fprintf(stderr, "usage: handler FILE GROUPS\n");
        return 2;
    }
    long groups = atol(argv[2]);
    int result = fr_create(&file, argv[1], CAPACITY);
    if (result == FR_CANNOT_OPEN && errno == EEXIST) {
        result = fr_attach(&file, argv[1]);
    }
    int32_t *states = result == FR_OK ? (int32_t *) calloc((size_t) file.capacity, sizeof *states) : NULL;
    if (states != NULL) {
        result = fr_handler_attach(&handler, &file, states, now(), STALE_NANOS);
    }
    if (result != FR_OK || states == NULL) {
        fprintf(stderr, "handler: cannot use %s: error %d\n", argv[1], result);
        return 3;
    }
    while (groups == 0 || answered < groups) {
        if (!fr_handler_heartbeat(&handler, now())) {
            fprintf(stderr, "handler: another one has taken over\n");
            return 1;
        }
        fr_handler_poll(&handler, on_group, &handler, 64);
    }
    fr_handler_close(&handler);
    fr_detach(&file);
    free(states);
    printf("answered %ld\n", answered);
    return 0;
}
