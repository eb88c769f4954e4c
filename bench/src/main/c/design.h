/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_DESIGN_H
#define FAULTRING_DESIGN_H

#include <stdbool.h>

/* How faults are received. */
enum form {
    READ,                 /* read */
    POLL_READ,            /* poll, then read */
    BUSY_READ,            /* a read that finds nothing, then one that does */
    POSTED_READ,          /* io_uring READs posted ahead */
    POSTED_READ_ASYNC,    /* the same with IOSQE_ASYNC */
    LINKED_POLL_READ,     /* POLL_ADD linked to READ */
    MULTISHOT_READ,       /* READ_MULTISHOT with provided buffers */
    MULTISHOT_READ_ASYNC, /* the same with IOSQE_ASYNC */
    MULTISHOT_POLL_READ,  /* multishot POLL_ADD, then read */
    FORMS
};

enum ring_mode { NO_RING, DEFAULT_RING, DEFERRED_RING };

/* A way to get faults to user space and answers back. */
struct design {
    enum form form;
    enum ring_mode ring;
    unsigned posted;   /* reads or polls on the ring at a time */
    bool nonblocking;  /* O_NONBLOCK on the fault fd */
    bool ring_answers; /* answers by WRITE on the ring, in the submission that posts again; else by write */
    bool asleep;       /* the reader is a thread of its own that sleeps until a fault comes */
};

extern const struct design DESIGNS[];
extern const unsigned DESIGN_COUNT;

/* "form=read ring=none posted=0 nonblock=0 answers=write reader=awake", in a buffer that the next call reuses. */
const char *design_name(const struct design *design);

#endif
