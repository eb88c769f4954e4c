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

/* Whether a loop of 2,000,000 instructions advances the counter by as much, within 2 %: the timer's interrupts. */
static inline int stamp_counts_instructions(void) {
    const uint64_t turns = 1000000;
    uint64_t left = turns;
    const uint64_t begin = stamp();
    __asm__ volatile("1: dec %0\n\tjnz 1b" : "+r"(left) : : "cc");
    const uint64_t counted = stamp() - begin;
    return counted >= 2 * turns && counted <= 2 * turns + turns / 25;
}

#endif
