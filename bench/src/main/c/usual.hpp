/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A ring of one producer and one consumer as it is usually built: a head, a tail and elements of 64 bytes. Apart says
 * how far the indices lie from each other: 8 bytes, or a cache line. With Remember each side keeps the other's index
 * and looks again only where that says full, or empty.
 */
#ifndef USUAL_HPP
#define USUAL_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>

struct alignas(64) Element {
    uint8_t bytes[64];
};

template <std::size_t Capacity, std::size_t Apart, bool Remember> class UsualRing {
    static_assert((Capacity & (Capacity - 1)) == 0, "a power of two");

    alignas(64) struct alignas(Apart) {
        std::atomic<uint64_t> tail{0};
    } producer;
    struct alignas(Apart) {
        std::atomic<uint64_t> head{0};
    } consumer;
    /* What each side knows by itself, away from what both look at. */
    alignas(64) uint64_t remembered_head = 0;
    alignas(64) uint64_t remembered_tail = 0;
    alignas(64) Element elements[Capacity];

public:
    /* Fill writes the next element where it stays. */
    template <typename Fill> bool push(Fill fill) {
        const uint64_t at = producer.tail.load(std::memory_order_relaxed);
        if (!Remember || at - remembered_head == Capacity) {
            remembered_head = consumer.head.load(std::memory_order_acquire);
            if (at - remembered_head == Capacity) {
                return false;
            }
        }
        fill(elements[at & (Capacity - 1)]);
        producer.tail.store(at + 1, std::memory_order_release);
        return true;
    }

    /* Read sees the next element where it is. */
    template <typename Read> bool pop(Read read) {
        const uint64_t at = consumer.head.load(std::memory_order_relaxed);
        if (!Remember || at == remembered_tail) {
            remembered_tail = producer.tail.load(std::memory_order_acquire);
            if (at == remembered_tail) {
                return false;
            }
        }
        read(elements[at & (Capacity - 1)]);
        consumer.head.store(at + 1, std::memory_order_release);
        return true;
    }
};

#endif
