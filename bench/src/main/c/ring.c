/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring.h"

#include <errno.h>
#include <linux/time_types.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lines.h"

static void *map(const int fd, const size_t length, const uint64_t offset) {
    void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, (off_t)offset);
    if (memory == MAP_FAILED) {
        cannot_run("mmap of io_uring");
    }
    return memory;
}

static unsigned *word(const struct ring *ring, const uint32_t offset) {
    return (unsigned *)((uint8_t *)ring->rings + offset);
}

void ring_open(struct ring *ring, const bool deferred) {
    struct io_uring_params params = {0};
    if (deferred) {
        params.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
    }
    memset(ring, 0, sizeof *ring);
    ring->fd = (int)syscall(__NR_io_uring_setup, RING_ENTRIES, &params);
    if (ring->fd < 0) {
        cannot_run("io_uring_setup");
    }
    const size_t sq = params.sq_off.array + params.sq_entries * sizeof(unsigned);
    const size_t cq = params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe);
    ring->rings_length = sq > cq ? sq : cq;
    ring->rings = map(ring->fd, ring->rings_length, IORING_OFF_SQ_RING);
    ring->sqes_length = params.sq_entries * sizeof(struct io_uring_sqe);
    ring->sqes = map(ring->fd, ring->sqes_length, IORING_OFF_SQES);
    ring->sq_tail = word(ring, params.sq_off.tail);
    ring->sq_mask = *word(ring, params.sq_off.ring_mask);
    ring->cq_head = word(ring, params.cq_off.head);
    ring->cq_tail = word(ring, params.cq_off.tail);
    ring->cq_mask = *word(ring, params.cq_off.ring_mask);
    ring->cqes = (struct io_uring_cqe *)((uint8_t *)ring->rings + params.cq_off.cqes);
    unsigned *array = word(ring, params.sq_off.array);
    for (unsigned i = 0; i < params.sq_entries; i++) {
        array[i] = i;
    }
}

void ring_close(struct ring *ring) {
    munmap(ring->sqes, ring->sqes_length);
    munmap(ring->rings, ring->rings_length);
    close(ring->fd);
}

struct io_uring_sqe *ring_sqe(struct ring *ring) {
    struct io_uring_sqe *sqe = &ring->sqes[(*ring->sq_tail + ring->to_submit++) & ring->sq_mask];
    memset(sqe, 0, sizeof *sqe);
    return sqe;
}

static long enter(struct ring *ring, const unsigned wait_for, const unsigned flags, const void *argument,
                  const size_t length) {
    const unsigned submit = ring->to_submit;
    ring->to_submit = 0;
    /* Release: the kernel sees the entries before the tail. */
    __atomic_store_n(ring->sq_tail, *ring->sq_tail + submit, __ATOMIC_RELEASE);
    return syscall(__NR_io_uring_enter, ring->fd, submit, wait_for, flags, argument, length);
}

void ring_enter(struct ring *ring, const unsigned wait_for) {
    const unsigned submit = ring->to_submit;
    const long submitted = enter(ring, wait_for, wait_for > 0 ? IORING_ENTER_GETEVENTS : 0, NULL, _NSIG / 8);
    if (submitted != (long)submit) {
        cannot_run("io_uring_enter");
    }
}

bool ring_enter_a_second(struct ring *ring) {
    const struct __kernel_timespec second = {.tv_sec = 1};
    const struct io_uring_getevents_arg argument = {.ts = (uint64_t)(uintptr_t)&second};
    const unsigned submit = ring->to_submit;
    if (submit > 0) {
        ring_enter(ring, 0);
    }
    const long done = enter(ring, 1, IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &argument, sizeof argument);
    if (done < 0 && errno != ETIME) {
        cannot_run("io_uring_enter");
    }
    return done >= 0;
}

bool ring_cqe(struct ring *ring, struct io_uring_cqe *cqe) {
    const unsigned head = *ring->cq_head;
    /* Acquire: the completion is seen after the kernel's tail. */
    if (head == __atomic_load_n(ring->cq_tail, __ATOMIC_ACQUIRE)) {
        return false;
    }
    *cqe = ring->cqes[head & ring->cq_mask];
    /* Release: the kernel uses the place again after it was copied. */
    __atomic_store_n(ring->cq_head, head + 1, __ATOMIC_RELEASE);
    return true;
}

void buffers_open(struct buffers *buffers, const struct ring *ring, const unsigned count, const unsigned length) {
    memset(buffers, 0, sizeof *buffers);
    buffers->count = count;
    buffers->length = length;
    buffers->ring = mmap(NULL, count * sizeof(struct io_uring_buf), PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    buffers->bytes = calloc(count, length);
    if (buffers->ring == MAP_FAILED || buffers->bytes == NULL) {
        cannot_run("memory for provided buffers");
    }
    /* Touched now: the first write to a page costs a page fault of its own. */
    memset(buffers->bytes, 0xff, (size_t)count * length);
    const struct io_uring_buf_reg registration = {.ring_addr = (uint64_t)(uintptr_t)buffers->ring,
                                                  .ring_entries = count};
    if (syscall(__NR_io_uring_register, ring->fd, IORING_REGISTER_PBUF_RING, &registration, 1) != 0) {
        cannot_run("IORING_REGISTER_PBUF_RING");
    }
    for (unsigned id = 0; id < count; id++) {
        buffers_give(buffers, id);
    }
}

void buffers_close(struct buffers *buffers) {
    munmap(buffers->ring, buffers->count * sizeof(struct io_uring_buf));
    free(buffers->bytes);
}

void buffers_give(struct buffers *buffers, const unsigned id) {
    struct io_uring_buf *entry = &buffers->ring->bufs[buffers->tail & (buffers->count - 1)];
    entry->addr = (uint64_t)(uintptr_t)buffers_at(buffers, id);
    entry->len = buffers->length;
    entry->bid = (uint16_t)id;
    buffers->tail++;
    /* Release: the kernel sees the entry before the tail. */
    __atomic_store_n(&buffers->ring->tail, buffers->tail, __ATOMIC_RELEASE);
}
