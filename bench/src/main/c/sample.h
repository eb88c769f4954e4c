/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_SAMPLE_H
#define FAULTRING_SAMPLE_H

#include <stdint.h>

enum { MOST_SAMPLES = 20000 };

/* Instruction counts of one thing, done again and again. */
struct sample {
    uint32_t count;
    uint32_t values[MOST_SAMPLES];
};

static inline void sample_add(struct sample *sample, const uint64_t value) {
    if (sample->count < MOST_SAMPLES) {
        sample->values[sample->count++] = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
    }
}

/* The median; sorts the sample. 0 if there is none. */
uint32_t sample_median(struct sample *sample);

#endif
