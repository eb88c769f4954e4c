/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_RING_H
#define FAULTRING_RING_H

#include <linux/io_uring.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RING_ENTRIES = 64 };

/* IORING_OP_READ_MULTISHOT of Linux 6.7; the headers of a system may be older than the kernel that runs. */
enum { OP_READ_MULTISHOT = 49 };

/* io_uring by its system calls. One thread. */
struct ring {
    int fd;
    unsigned *sq_tail;
    unsigned sq_mask;
    unsigned *cq_head;
    unsigned *cq_tail;
    unsigned cq_mask;
    struct io_uring_sqe *sqes;
    struct io_uring_cqe *cqes;
    unsigned to_submit;
    void *rings;
    size_t rings_length;
    size_t sqes_length;
};

/* deferred: completions are worked off only in ring_enter with a wait (single issuer, deferred task work). */
void ring_open(struct ring *ring, bool deferred);
void ring_close(struct ring *ring);

/* The next entry to submit, zeroed. */
struct io_uring_sqe *ring_sqe(struct ring *ring);

/* Submit what was prepared, and wait for completions. Ends the process if the kernel refuses. */
void ring_enter(struct ring *ring, unsigned wait_for);

/* The same, giving up after a second. Returns false then. */
bool ring_enter_a_second(struct ring *ring);

/* The oldest completion, copied and released; false if there is none. */
bool ring_cqe(struct ring *ring, struct io_uring_cqe *cqe);

/* Buffers that the kernel picks from (IORING_REGISTER_PBUF_RING), all in group 0. */
struct buffers {
    struct io_uring_buf_ring *ring;
    uint8_t *bytes;
    unsigned count; /* a power of 2 */
    unsigned length;
    uint16_t tail;
};

void buffers_open(struct buffers *buffers, const struct ring *ring, unsigned count, unsigned length);
void buffers_close(struct buffers *buffers);

/* Let the kernel have a buffer again. */
void buffers_give(struct buffers *buffers, unsigned id);

static inline const void *buffers_at(const struct buffers *buffers, const unsigned id) {
    return buffers->bytes + (size_t)id * buffers->length;
}

#endif
