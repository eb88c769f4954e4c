/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cell.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lines.h"
#include "stamp.h"

static const uint64_t FIRST_ADDRESS = 0x1000000;
static const uint64_t PAGE = 0x1000;

/* Posting may complete something that has to be posted again; a design for which that never ends gets no further. */
enum { MOST_SETTLINGS = 4 };

void cell_trigger(struct cell *cell) {
    for (unsigned i = 0; i < cell->batch; i++) {
        /* Counted first: a reader that sleeps may be through with the fault before the call returns. */
        const uint64_t number = cell->raised++;
        mock_trigger(&cell->mock, (uint32_t)number, FIRST_ADDRESS + number * PAGE);
    }
}

bool cell_check(struct cell *cell) {
    struct reader *reader = &cell->reader;
    const uint64_t first = FIRST_ADDRESS + (cell->raised - cell->batch) * PAGE;
    uint64_t seen = 0;
    for (unsigned i = 0; i < reader->received; i++) {
        const uint64_t number = (reader->addresses[i] - first) / PAGE;
        if (number < cell->batch) {
            seen |= UINT64_C(1) << number;
        }
    }
    if (reader->wrong == NULL
        && (reader->received != cell->batch || (unsigned)__builtin_popcountll(seen) != cell->batch)) {
        reader->wrong = "faults received";
        reader->wrong_result = reader->received;
    }
    return reader->wrong == NULL;
}

uint64_t cell_rounds(const struct effort *effort, const uint64_t round) {
    const uint64_t fitting = effort->budget / (round + 1);
    const uint64_t rounds = fitting < effort->most_rounds ? fitting : effort->most_rounds;
    return rounds > LEAST_ROUNDS ? rounds : LEAST_ROUNDS;
}

/* Posts, and lets the kernel's threads do what that gives them to do, as they will have when a fault comes. */
static void post(struct cell *cell) {
    int settlings = 0;
    do {
        reader_post(&cell->reader);
        sched_yield();
        cell->yields++;
    } while (reader_settle(&cell->reader) && ++settlings < MOST_SETTLINGS);
}

static bool awake_round(struct cell *cell) {
    const uint64_t begin = stamp();
    cell->reader.received = 0;
    post(cell);
    const uint64_t posted = stamp();
    cell_trigger(cell);
    const uint64_t triggered = stamp();
    reader_receive(&cell->reader, cell->batch);
    const uint64_t received = stamp();
    reader_answer(&cell->reader);
    const uint64_t answered = stamp();
    cell->rounds++;
    cell->instructions += answered - begin;
    sample_add(&cell->arrive, received - begin);
    sample_add(&cell->trigger, triggered - posted);
    sample_add(&cell->answer, answered - received);
    return cell_check(cell);
}

/* The first round, with a limit: there are requests that never complete on some kernels. */
static bool first_round(struct cell *cell) {
    cell->reader.received = 0;
    post(cell);
    cell_trigger(cell);
    cell->delivers = reader_try_to_receive(&cell->reader, cell->batch);
    if (!cell->delivers) {
        return true;
    }
    reader_answer(&cell->reader);
    return cell_check(cell);
}

static void forget(struct cell *cell) {
    cell->rounds = 0;
    cell->instructions = 0;
    cell->yields = 0;
    cell->arrive.count = 0;
    cell->trigger.count = 0;
    cell->answer.count = 0;
    cell->reader.empty = 0;
    cell->reader.completions = 0;
}

static bool awake_run(struct cell *cell, const struct effort *effort) {
    bool right = true;
    for (int i = 0; right && i < WARMUPS; i++) {
        cell->instructions = 0;
        right = awake_round(cell);
    }
    const uint64_t rounds = cell_rounds(effort, cell->instructions);
    forget(cell);
    while (right && cell->rounds < rounds) {
        right = awake_round(cell);
    }
    return right;
}

/* After the last round nothing is left to read. */
static bool nothing_left(struct cell *cell) {
    const unsigned long empty = cell->reader.empty;
    const unsigned left = reader_clear(&cell->reader);
    cell->reader.empty = empty;
    if (left > 0 && cell->reader.wrong == NULL) {
        cell->reader.wrong = "faults left over";
        cell->reader.wrong_result = left;
    }
    return cell->reader.wrong == NULL;
}

static void print(struct cell *cell, const bool right) {
    const char *name = design_name(cell->design);
    if (!right) {
        line("wrong %s batch=%u pass=%u what=\"%s: %ld\"", name, cell->batch, cell->pass, cell->reader.wrong,
             cell->reader.wrong_result);
    } else if (!cell->delivers) {
        line("silent %s batch=%u pass=%u", name, cell->batch, cell->pass);
    } else {
        line("cell %s batch=%u pass=%u rounds=%" PRIu64 " instructions=%" PRIu64 " yields=%" PRIu64
             " arrive=%u trigger=%u answer=%u empty=%lu completions=%lu",
             name, cell->batch, cell->pass, cell->rounds, cell->instructions, cell->yields,
             sample_median(&cell->arrive), sample_median(&cell->trigger), sample_median(&cell->answer),
             cell->reader.empty, cell->reader.completions);
    }
}

bool cell_run(const struct design *design, const unsigned batch, const unsigned pass, const struct effort *effort) {
    static struct cell cell;
    memset(&cell, 0, sizeof cell);
    cell.design = design;
    cell.batch = batch;
    cell.pass = pass;
    mock_open(&cell.mock, design->nonblocking);
    bool right;
    if (design->asleep) {
        right = asleep_run(&cell, effort);
    } else {
        reader_open(&cell.reader, design, &cell.mock);
        right = first_round(&cell);
        if (right && cell.delivers) {
            right = awake_run(&cell, effort);
        }
        reader_close(&cell.reader);
    }
    if (right && cell.delivers) {
        right = nothing_left(&cell);
    }
    print(&cell, right);
    mock_close(&cell.mock);
    return right;
}
