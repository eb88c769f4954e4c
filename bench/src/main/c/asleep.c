/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cell.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lines.h"
#include "stamp.h"

/* Rounds that the reader has answered, in the low bits; the top bit: it has no more. The raising thread waits on it. */
static uint32_t answered;

/* Set before the fault that the reader takes as its last. */
static bool last;

static const uint32_t ENDED = UINT32_C(1) << 31;

/* Release: what the reader noted is seen by the thread that sees the count. */
static void tell(const uint32_t count) {
    __atomic_store_n(&answered, count, __ATOMIC_RELEASE);
    syscall(__NR_futex, &answered, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

/* Acquire: pairs with tell. */
static uint32_t await(const uint32_t seen) {
    for (;;) {
        const uint32_t count = __atomic_load_n(&answered, __ATOMIC_ACQUIRE);
        if (count != seen) {
            return count;
        }
        syscall(__NR_futex, &answered, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
    }
}

/* Sleeps until a batch comes, answers it, says so, posts again. The ring belongs to this thread. */
static void *read_and_answer(void *argument) {
    struct cell *cell = argument;
    struct reader *reader = &cell->reader;
    reader_open(reader, cell->design, &cell->mock);
    uint32_t count = 0;
    bool first = true;
    bool ended = false;
    do {
        reader->received = 0;
        reader_post(reader);
        if (first) {
            tell(++count);
            cell->delivers = reader_try_to_receive(reader, cell->batch);
            first = false;
        } else {
            reader_receive(reader, cell->batch);
        }
        if (!cell->delivers) {
            break;
        }
        reader_answer(reader);
        if (!cell_check(cell)) {
            break;
        }
        /* Looked at before telling: set since then, it is about the next batch. */
        ended = __atomic_load_n(&last, __ATOMIC_ACQUIRE);
        tell(++count);
    } while (!ended);
    reader_close(reader);
    tell(count | ENDED);
    return NULL;
}

/* One round as the raising thread sees it. False if the reader has ended. */
static bool round_trip(struct cell *cell, uint32_t *seen) {
    /* The reader, and threads of the kernel that it has given work to, come to rest first. */
    sched_yield();
    cell_trigger(cell);
    *seen = await(*seen);
    return (*seen & ENDED) == 0;
}

bool asleep_run(struct cell *cell, const struct effort *effort) {
    answered = 0;
    last = false;
    pthread_t reader;
    if (pthread_create(&reader, NULL, read_and_answer, cell) != 0) {
        cannot_run("pthread_create");
    }
    uint32_t seen = await(0);
    bool going = (seen & ENDED) == 0;
    uint64_t round = 0;
    for (int i = 0; going && i < WARMUPS; i++) {
        const uint64_t begin = stamp();
        going = round_trip(cell, &seen);
        round = stamp() - begin;
    }
    const unsigned long empty = cell->reader.empty;
    const unsigned long completions = cell->reader.completions;
    const uint64_t rounds = cell_rounds(effort, round);
    const uint64_t begin = stamp();
    uint64_t from = begin;
    while (going && cell->rounds < rounds) {
        going = round_trip(cell, &seen);
        const uint64_t to = stamp();
        sample_add(&cell->arrive, to - from);
        from = to;
        cell->rounds++;
    }
    cell->instructions = from - begin;
    cell->yields = cell->rounds;
    const unsigned long empty_in_all = cell->reader.empty;
    const unsigned long completions_in_all = cell->reader.completions;
    __atomic_store_n(&last, true, __ATOMIC_RELEASE);
    if (going) {
        round_trip(cell, &seen);
    }
    pthread_join(reader, NULL);
    cell->reader.empty = empty_in_all - empty;
    cell->reader.completions = completions_in_all - completions;
    return cell->reader.wrong == NULL;
}
