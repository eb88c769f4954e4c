/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sample.h"

#include <stdlib.h>

static int by_value(const void *left, const void *right) {
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

uint32_t sample_median(struct sample *sample) {
    if (sample->count == 0) {
        return 0;
    }
    qsort(sample->values, sample->count, sizeof *sample->values, by_value);
    return sample->values[sample->count / 2];
}
