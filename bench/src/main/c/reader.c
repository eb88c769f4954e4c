/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { FAULT_GROUP_OF_BUFFERS = 0, WRITE_TAG = 1000 };

static void fail(struct reader *reader, const char *what, const long result) {
    if (reader->wrong == NULL) {
        reader->wrong = what;
        reader->wrong_result = result;
    }
}

/* Only what a handler cannot do without; the caller checks the batch outside of what is measured. */
static void take(struct reader *reader, const struct fault *records, const long bytes) {
    const unsigned count = (unsigned)((unsigned long)bytes / sizeof *records);
    if ((unsigned long)bytes % sizeof *records != 0 || reader->received + count > MOST_FAULTS) {
        fail(reader, "bytes of a read", bytes);
        return;
    }
    for (unsigned i = 0; i < count; i++) {
        const unsigned at = reader->received++;
        if (records[i].device != reader->mock->device || records[i].flags != FAULT_LAST_PAGE) {
            fail(reader, "flags of a record", records[i].flags);
        }
        reader->addresses[at] = records[i].address;
        reader->answers[at].cookie = records[i].cookie;
        reader->answers[at].code = ANSWER_SUCCESS;
    }
}

static void read_once(struct reader *reader) {
    const ssize_t bytes = read(reader->mock->fault_fd, reader->records[0], sizeof reader->records[0]);
    if (bytes < 0) {
        fail(reader, "read", -errno);
    } else if (bytes == 0) {
        reader->empty++;
    } else {
        take(reader, reader->records[0], bytes);
    }
}

void reader_open(struct reader *reader, const struct design *design, const struct mock *mock) {
    memset(reader, 0, sizeof *reader);
    reader->design = design;
    reader->mock = mock;
    if (design->ring != NO_RING) {
        ring_open(&reader->ring, design->ring == DEFERRED_RING);
    }
    if (design->form == MULTISHOT_READ || design->form == MULTISHOT_READ_ASYNC) {
        buffers_open(&reader->buffers, &reader->ring, PROVIDED_BUFFERS, sizeof reader->records[0]);
    }
    for (unsigned slot = 0; slot < design->posted; slot++) {
        reader->slots_to_post[reader->to_post++] = (uint8_t)slot;
    }
}

void reader_close(struct reader *reader) {
    if (reader->design->ring != NO_RING) {
        ring_close(&reader->ring);
    }
    if (reader->buffers.ring != NULL) {
        buffers_close(&reader->buffers);
    }
}

static struct io_uring_sqe *prepare(struct reader *reader, const uint8_t opcode, const uint64_t tag) {
    struct io_uring_sqe *sqe = ring_sqe(&reader->ring);
    sqe->opcode = opcode;
    sqe->fd = reader->mock->fault_fd;
    sqe->user_data = tag;
    return sqe;
}

static void prepare_read(struct reader *reader, const unsigned slot, const uint8_t flags) {
    struct io_uring_sqe *sqe = prepare(reader, IORING_OP_READ, slot);
    sqe->flags = flags;
    sqe->addr = (uint64_t)(uintptr_t)reader->records[slot];
    sqe->len = sizeof reader->records[slot];
}

static struct io_uring_sqe *prepare_poll(struct reader *reader, const unsigned slot) {
    struct io_uring_sqe *sqe = prepare(reader, IORING_OP_POLL_ADD, slot);
    sqe->poll32_events = POLLIN;
    return sqe;
}

static void prepare_multishot_read(struct reader *reader, const unsigned slot, const uint8_t flags) {
    struct io_uring_sqe *sqe = prepare(reader, OP_READ_MULTISHOT, slot);
    sqe->flags = (uint8_t)(flags | IOSQE_BUFFER_SELECT);
    sqe->buf_group = FAULT_GROUP_OF_BUFFERS;
}

static void prepare_posted(struct reader *reader, const unsigned slot) {
    switch (reader->design->form) {
    case POSTED_READ:
        prepare_read(reader, slot, 0);
        break;
    case POSTED_READ_ASYNC:
        prepare_read(reader, slot, IOSQE_ASYNC);
        break;
    case LINKED_POLL_READ:
        prepare_poll(reader, slot)->flags = IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS;
        prepare_read(reader, slot, 0);
        break;
    case MULTISHOT_READ:
        prepare_multishot_read(reader, slot, 0);
        break;
    case MULTISHOT_READ_ASYNC:
        prepare_multishot_read(reader, slot, IOSQE_ASYNC);
        break;
    case MULTISHOT_POLL_READ:
        prepare_poll(reader, slot)->len = IORING_POLL_ADD_MULTI;
        break;
    default:
        fail(reader, "a form that posts nothing", reader->design->form);
    }
}

static void prepare_all_posted(struct reader *reader) {
    while (reader->to_post > 0) {
        prepare_posted(reader, reader->slots_to_post[--reader->to_post]);
    }
}

void reader_post(struct reader *reader) {
    if (reader->to_post > 0) {
        prepare_all_posted(reader);
        ring_enter(&reader->ring, 0);
    }
    if (reader->design->form == BUSY_READ) {
        read_once(reader);
    }
}

static void complete_multishot(struct reader *reader, const struct io_uring_cqe *cqe) {
    if (cqe->flags & IORING_CQE_F_BUFFER) {
        const unsigned id = cqe->flags >> IORING_CQE_BUFFER_SHIFT;
        if (cqe->res > 0) {
            take(reader, buffers_at(&reader->buffers, id), cqe->res);
        }
        buffers_give(&reader->buffers, id);
    }
}

static void complete_posted(struct reader *reader, const struct io_uring_cqe *cqe) {
    const unsigned slot = (unsigned)cqe->user_data;
    if (!(cqe->flags & IORING_CQE_F_MORE)) {
        reader->slots_to_post[reader->to_post++] = (uint8_t)slot;
    }
    if (cqe->res < 0) {
        fail(reader, "a completion", cqe->res);
        return;
    }
    if (reader->design->form == MULTISHOT_POLL_READ) {
        reader->readable = true;
        return;
    }
    if (cqe->res == 0) {
        reader->empty++;
    }
    if (reader->buffers.ring != NULL) {
        complete_multishot(reader, cqe);
    } else {
        take(reader, reader->records[slot], cqe->res);
    }
}

static void complete_answer(struct reader *reader, const struct io_uring_cqe *cqe) {
    reader->answer_pending = false;
    if (cqe->res != (int)(reader->received * sizeof(struct answer))) {
        fail(reader, "WRITE", cqe->res);
    }
}

/* Everything that has completed. */
static void reap(struct reader *reader) {
    struct io_uring_cqe cqe;
    while (ring_cqe(&reader->ring, &cqe)) {
        reader->completions++;
        if (cqe.user_data == WRITE_TAG) {
            complete_answer(reader, &cqe);
        } else {
            complete_posted(reader, &cqe);
        }
    }
    if (reader->readable) {
        reader->readable = false;
        read_once(reader);
    }
}

bool reader_settle(struct reader *reader) {
    if (reader->design->posted > 0) {
        reap(reader);
    }
    return reader->to_post > 0;
}

static void receive_by_ring(struct reader *reader, const unsigned faults) {
    for (;;) {
        reap(reader);
        if (reader->received >= faults || reader->wrong != NULL) {
            return;
        }
        prepare_all_posted(reader);
        ring_enter(&reader->ring, 1);
    }
}

static void receive_by_calls(struct reader *reader, const unsigned faults) {
    while (reader->received < faults && reader->wrong == NULL) {
        if (reader->design->form == POLL_READ) {
            struct pollfd waiting = {.fd = reader->mock->fault_fd, .events = POLLIN};
            if (poll(&waiting, 1, -1) != 1) {
                fail(reader, "poll", -errno);
            }
        }
        read_once(reader);
    }
}

void reader_receive(struct reader *reader, const unsigned faults) {
    if (reader->design->posted > 0) {
        receive_by_ring(reader, faults);
    } else {
        receive_by_calls(reader, faults);
    }
}

bool reader_try_to_receive(struct reader *reader, const unsigned faults) {
    if (reader->design->posted == 0) {
        receive_by_calls(reader, faults);
        return true;
    }
    for (;;) {
        reap(reader);
        if (reader->received >= faults || reader->wrong != NULL) {
            return true;
        }
        prepare_all_posted(reader);
        if (!ring_enter_a_second(&reader->ring)) {
            return false;
        }
    }
}

static void answer_by_ring(struct reader *reader) {
    struct io_uring_sqe *sqe = prepare(reader, IORING_OP_WRITE, WRITE_TAG);
    sqe->addr = (uint64_t)(uintptr_t)reader->answers;
    sqe->len = (uint32_t)(reader->received * sizeof(struct answer));
    reader->answer_pending = true;
    prepare_all_posted(reader);
    ring_enter(&reader->ring, 0);
    reap(reader);
    while (reader->answer_pending && reader->wrong == NULL) {
        ring_enter(&reader->ring, 1);
        reap(reader);
    }
}

void reader_answer(struct reader *reader) {
    if (reader->design->ring_answers) {
        answer_by_ring(reader);
        return;
    }
    const size_t bytes = reader->received * sizeof(struct answer);
    const ssize_t written = write(reader->mock->fault_fd, reader->answers, bytes);
    if (written != (ssize_t)bytes) {
        fail(reader, "write", written < 0 ? -errno : written);
    }
}

unsigned reader_clear(struct reader *reader) {
    reader->received = 0;
    read_once(reader);
    if (reader->received > 0) {
        const size_t bytes = reader->received * sizeof(struct answer);
        if (write(reader->mock->fault_fd, reader->answers, bytes) != (ssize_t)bytes) {
            fail(reader, "write", -errno);
        }
    }
    return reader->received;
}
