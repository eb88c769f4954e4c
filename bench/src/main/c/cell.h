/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_CELL_H
#define FAULTRING_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "reader.h"
#include "sample.h"

/* One design at one batch: `batch` faults in a row are raised, received and answered, round after round. */
struct cell {
    const struct design *design;
    unsigned batch;
    unsigned pass;
    struct mock mock;
    struct reader reader;
    uint64_t raised; /* faults so far, the number of the next one */

    uint64_t rounds;       /* measured */
    uint64_t instructions; /* of all these rounds, from end to end */
    uint64_t yields;       /* calls of sched_yield in them */
    struct sample arrive;  /* each round: posting, raising, receiving; of a sleeping reader the whole round */
    struct sample trigger; /* raising alone */
    struct sample answer;  /* answering */

    bool delivers; /* false: the first fault never came, so there is nothing to measure */
};

/* How much to measure. */
struct effort {
    unsigned most_rounds; /* at most MOST_SAMPLES */
    uint64_t budget;      /* instructions for each cell, about */
};

enum { LEAST_ROUNDS = 64, WARMUPS = 16 };

/* Measure, check, and print the line of the cell. Returns false if a fault was lost, doubled or mixed up. */
bool cell_run(const struct design *design, unsigned batch, unsigned pass, const struct effort *effort);

/* Raise the faults of a round. */
void cell_trigger(struct cell *cell);

/* Whether the batch that was received is the one that was raised, each once. Notes what is wrong. */
bool cell_check(struct cell *cell);

/* How many rounds fit, after one that took so much. */
uint64_t cell_rounds(const struct effort *effort, uint64_t round);

/* The same as cell_run's measuring for a reader that sleeps. */
bool asleep_run(struct cell *cell, const struct effort *effort);

#endif
