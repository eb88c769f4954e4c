/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_STAMP_H
#define FAULTRING_STAMP_H

#include <stdint.h>

#ifndef __x86_64__
#error "the client counts with the time stamp counter of x86-64"
#endif

/*
 * The time stamp counter. In a machine that counts instructions (QEMU -icount shift=0) it is the number of instructions
 * executed so far, by whatever ran; `stamp_counts_instructions` makes sure of that.
 */
static inline uint64_t stamp(void) {
    uint32_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}

enum { LOOP_TURNS = 100000, SHORT_LOOP = 2, LONG_LOOP = 10, LOOP_TRIES = 20 };

/* Two instructions a turn, as many cycles as jumps take. */
static inline uint64_t stamp_short_loop(void) {
    uint64_t left = LOOP_TURNS;
    const uint64_t begin = stamp();
    __asm__ volatile("1: dec %0\n\tjnz 1b" : "+r"(left) : : "cc");
    return stamp() - begin;
}

/* Ten instructions a turn, of which eight wait for each other. */
static inline uint64_t stamp_long_loop(void) {
    uint64_t left = LOOP_TURNS;
    uint64_t product = 3;
    const uint64_t begin = stamp();
    __asm__ volatile("1: imul %1, %1\n\timul %1, %1\n\timul %1, %1\n\timul %1, %1\n\t"
                     "imul %1, %1\n\timul %1, %1\n\timul %1, %1\n\timul %1, %1\n\t"
                     "dec %0\n\tjnz 1b"
                     : "+r"(left), "+r"(product)
                     :
                     : "cc");
    return stamp() - begin;
}

/* Within 2 % of what the loop has: the timer's interrupts. */
static inline int stamp_is_near(const uint64_t counted, const uint64_t instructions) {
    return counted >= instructions && counted <= instructions + instructions / 50;
}

/*
 * Whether two loops of a different pace both advance the counter by their instructions. Tried several times, as a
 * kernel that has just booted has other things to do.
 */
static inline int stamp_counts_instructions(void) {
    for (int i = 0; i < LOOP_TRIES; i++) {
        if (stamp_is_near(stamp_short_loop(), SHORT_LOOP * LOOP_TURNS)
            && stamp_is_near(stamp_long_loop(), LONG_LOOP * LOOP_TURNS)) {
            return 1;
        }
    }
    return 0;
}

#endif
