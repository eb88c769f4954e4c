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

/* Rounds that the reader has answered; the top bit: it has no more. */
static uint32_t answered;

/* Whether the raising thread sleeps until `answered` changes. */
static uint32_t raiser_sleeps;

/* Set before the fault that the reader takes as its last. */
static bool last;

static const uint32_t ENDED = UINT32_C(1) << 31;

/*
 * Store, then look who sleeps; the other side says that it sleeps, then lets the kernel look at the count. Sequentially
 * consistent, so one of the two sees the other's store.
 */
static void tell(const uint32_t count) {
    __atomic_store_n(&answered, count, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&raiser_sleeps, __ATOMIC_SEQ_CST)) {
        syscall(__NR_futex, &answered, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    }
}

static uint32_t await(const uint32_t seen) {
    uint32_t count = __atomic_load_n(&answered, __ATOMIC_SEQ_CST);
    if (count != seen) {
        return count;
    }
    __atomic_store_n(&raiser_sleeps, 1, __ATOMIC_SEQ_CST);
    while ((count = __atomic_load_n(&answered, __ATOMIC_SEQ_CST)) == seen) {
        syscall(__NR_futex, &answered, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
    }
    __atomic_store_n(&raiser_sleeps, 0, __ATOMIC_SEQ_CST);
    return count;
}

/* The reader runs as soon as it is woken, not when the scheduler finds it fair, which differs from round to round. */
static void run_when_woken(void) {
    const struct sched_param priority = {.sched_priority = 1};
    if (sched_setscheduler(0, SCHED_FIFO, &priority) != 0) {
        cannot_run("SCHED_FIFO");
    }
}

/* Sleeps until a batch comes, answers it, says so, posts again. The ring belongs to this thread. */
static void *read_and_answer(void *argument) {
    struct cell *cell = argument;
    struct reader *reader = &cell->reader;
    run_when_woken();
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
    /* Threads of the kernel that the reader has given work to come to rest first. */
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
