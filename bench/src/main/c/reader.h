/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_READER_H
#define FAULTRING_READER_H

#include "design.h"
#include "mock.h"
#include "ring.h"

enum { MOST_FAULTS = 64, MOST_POSTED = 8, PROVIDED_BUFFERS = 64 };

/* The user side of a design: receives a batch of faults and answers it. Used by one thread. */
struct reader {
    const struct design *design;
    const struct mock *mock;
    struct ring ring;
    struct buffers buffers;
    uint8_t slots_to_post[MOST_POSTED]; /* posted requests that have completed, by number */
    unsigned to_post;
    bool readable;       /* multishot poll: it has completed and nothing was read since */
    bool answer_pending; /* the WRITE has not completed */

    /* The batch: what was received, in order of arrival, and the answers. */
    unsigned received;
    uint64_t addresses[MOST_FAULTS];
    struct answer answers[MOST_FAULTS];

    unsigned long empty;       /* reads and read completions that brought nothing */
    unsigned long completions; /* of the ring, of any kind */
    const char *wrong;         /* what went wrong, or NULL */
    long wrong_result;         /* and what the system said */

    struct fault records[MOST_POSTED][MOST_FAULTS];
};

void reader_open(struct reader *reader, const struct design *design, const struct mock *mock);
void reader_close(struct reader *reader);

/* Post what is not posted. A busy reader reads in vain here. */
void reader_post(struct reader *reader);

/* Take completions that are there without asking for any. True if something has to be posted again. */
bool reader_settle(struct reader *reader);

/* Receive until `faults` are there. */
void reader_receive(struct reader *reader, unsigned faults);

/* The same with a limit: false if the ring brings nothing for a second, in which the machine idles. */
bool reader_try_to_receive(struct reader *reader, unsigned faults);

/* Answer all that was received. */
void reader_answer(struct reader *reader);

/* Take one more batch with plain read and write, whatever the design: to clear up. Returns how many there were. */
unsigned reader_clear(struct reader *reader);

#endif
