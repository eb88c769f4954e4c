/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * One end of a mapped ring for "faultring mapped", or a whole ring of the usual kind:
 *   raise FILE FAULTS CORE       device of a mapped ring, until all is answered
 *   handle FILE FAULTS CORE      handler of a mapped ring
 *   produce FILE CAPACITY FAULTS CORE    producer of a ring file, faults alone
 *   consume FILE CAPACITY FAULTS CORE    its consumer
 *   adjacent|apart|remembering FAULTS CORE CORE    a usual ring between two processes, producer's core first
 *   answered FAULTS CORE CORE    two usual rings, indices apart, one for answers
 *   attach FILE TIMES            median time of attaching both sides
 * Prints host ns from the first fault seen to the last, and the sum of their addresses.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "faultring.h"
#include "usual.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <new>
#include <sched.h>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace {

/* Nobody waits longer for the other end: the signal ends the process. */
constexpr unsigned PATIENCE_SECONDS = 60;
constexpr std::size_t CAPACITY = 1024;
constexpr std::size_t WORD = 8;
constexpr std::size_t LINE = 64;
constexpr int64_t STALE_NANOS = 1;

int64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

[[noreturn]] void fail(const char *what) {
    std::fprintf(stderr, "%s\n", what);
    std::exit(1);
}

void pin(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) {
        fail("cannot stay on a core");
    }
}

inline void pause_core() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

struct Seen {
    int64_t first = 0;
    int64_t count = 0;
    uint64_t sum = 0;

    void fault(uint64_t addr) {
        if (count++ == 0) {
            first = now();
        }
        sum += addr;
    }

    void print() const {
        std::printf("%lld %llu\n", (long long) (now() - first), (unsigned long long) sum);
    }
};

fr_fault fault_at(uint64_t addr) {
    fr_fault fault = fr_blank_fault();
    fault.flags = FR_LAST_PAGE;
    fault.dev_id = 1;
    fault.perm = FR_READ;
    fault.addr = addr;
    fault.cookie = (uint32_t) addr;
    fault.group_length = 1;
    return fault;
}

fr_file attached(const char *path) {
    fr_file file;
    if (fr_attach(&file, path) != FR_OK) {
        fail("cannot attach to the file");
    }
    return file;
}

void count_answer(void *context, uint32_t, uint32_t code) { *(int64_t *) context += code == FR_SUCCESS; }

void raise_faults(const char *path, int64_t faults, int core) {
    fr_file file = attached(path);
    std::vector<fr_outstanding> table((std::size_t) file.capacity);
    fr_device device;
    if (fr_device_attach(&device, &file, table.data(), now(), STALE_NANOS) != FR_OK) {
        fail("cannot take the device's side");
    }
    pin(core);
    int64_t answered = 0;
    for (int64_t raised = 0; answered < faults;) {
        while (raised < faults && fr_device_try_claim(&device, 1) >= 0) {
            const fr_fault fault = fault_at((uint64_t) raised);
            fr_put_fault(fr_device_slot(&device, 0), &fault);
            fr_device_commit(&device, (uint32_t) raised++);
        }
        if (fr_device_poll(&device, count_answer, &answered, CAPACITY) == 0) {
            pause_core();
        }
    }
    std::printf("0 0\n");
}

struct Handling {
    fr_handler handler;
    Seen seen;
};

void on_group(void *context, const uint8_t *first, int64_t position, int64_t) {
    Handling *handling = (Handling *) context;
    handling->seen.fault(fr_get_fault(first).addr);
    fr_handler_answer(&handling->handler, position, FR_SUCCESS);
}

void handle_faults(const char *path, int64_t faults, int core) {
    fr_file file = attached(path);
    std::vector<int32_t> states((std::size_t) file.capacity);
    Handling handling;
    if (fr_handler_attach(&handling.handler, &file, states.data(), now(), STALE_NANOS) != FR_OK) {
        fail("cannot take the handler's side");
    }
    pin(core);
    while (handling.seen.count < faults) {
        if (fr_handler_poll(&handling.handler, on_group, &handling, CAPACITY) == 0) {
            pause_core();
        }
    }
    handling.seen.print();
}

/* A ring file begins with its ring. */
fr_ring ring_of(const char *path, int64_t capacity) {
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    const std::size_t length = FR_SLOTS_OFFSET + (std::size_t) capacity * FR_SLOT_LENGTH_BYTES;
    void *memory = fd < 0 ? MAP_FAILED : mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    fr_ring ring;
    if (memory == MAP_FAILED || fr_ring_init(&ring, memory, capacity) != FR_OK) {
        fail("cannot map the ring");
    }
    close(fd);
    return ring;
}

void produce(const char *path, int64_t capacity, int64_t faults, int core) {
    fr_ring ring = ring_of(path, capacity);
    pin(core);
    for (int64_t i = 0; i < faults;) {
        const int64_t position = fr_try_claim(&ring, 1);
        if (position < 0) {
            pause_core();
            continue;
        }
        const fr_fault fault = fault_at((uint64_t) i++);
        fr_put_fault(fr_slot(&ring, position), &fault);
        fr_commit(&ring, position, 1);
    }
    std::printf("0 0\n");
}

int on_slot(void *context, uint8_t *slot) {
    ((Seen *) context)->fault(fr_get_fault(slot).addr);
    return 0;
}

void consume(const char *path, int64_t capacity, int64_t faults, int core) {
    fr_ring ring = ring_of(path, capacity);
    pin(core);
    Seen seen;
    while (seen.count < faults) {
        if (fr_poll(&ring, on_slot, &seen, CAPACITY) == 0) {
            pause_core();
        }
    }
    seen.print();
}

/* ---- the usual ring, between two processes as well */

template <typename Shared> Shared *shared() {
    void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        fail("no memory");
    }
    return new (memory) Shared();
}

void put(Element &element, int64_t number) {
    const fr_fault fault = fault_at((uint64_t) number);
    fr_put_fault(element.bytes, &fault);
}

template <std::size_t Apart, bool Remember> void usual(int64_t faults, int producer_core, int consumer_core) {
    using Ring = UsualRing<CAPACITY, Apart, Remember>;
    Ring *ring = shared<Ring>();
    const pid_t child = fork();
    if (child == 0) {
        alarm(PATIENCE_SECONDS);
        pin(producer_core);
        for (int64_t i = 0; i < faults; i++) {
            while (!ring->push([i](Element &element) { put(element, i); })) {
                pause_core();
            }
        }
        _exit(0);
    }
    pin(consumer_core);
    Seen seen;
    while (seen.count < faults) {
        if (!ring->pop([&seen](const Element &element) { seen.fault(fr_get_fault(element.bytes).addr); })) {
            pause_core();
        }
    }
    seen.print();
    waitpid(child, nullptr, 0);
}

struct TwoRings {
    UsualRing<CAPACITY, LINE, false> faults;
    UsualRing<CAPACITY, LINE, false> answers;
};

void answered(int64_t faults, int producer_core, int consumer_core) {
    TwoRings *rings = shared<TwoRings>();
    const pid_t child = fork();
    if (child == 0) {
        alarm(PATIENCE_SECONDS);
        pin(producer_core);
        int64_t raised = 0;
        for (int64_t back = 0; back < faults;) {
            while (raised < faults && rings->faults.push([raised](Element &element) { put(element, raised); })) {
                raised++;
            }
            bool progress = false;
            while (rings->answers.pop([&back](const Element &answer) { back += fr_get64(answer.bytes) != 0; })) {
                progress = true;
            }
            if (!progress) {
                pause_core();
            }
        }
        _exit(0);
    }
    pin(consumer_core);
    Seen seen;
    uint64_t cookie = 0;
    const auto see = [&seen, &cookie](const Element &element) {
        const fr_fault fault = fr_get_fault(element.bytes);
        seen.fault(fault.addr);
        cookie = fault.cookie;
    };
    while (seen.count < faults) {
        if (!rings->faults.pop(see)) {
            pause_core();
            continue;
        }
        while (!rings->answers.push([cookie](Element &answer) { fr_put64(answer.bytes, cookie + 1); })) {
            pause_core();
        }
    }
    seen.print();
    waitpid(child, nullptr, 0);
}

void attach_times(const char *path, int times) {
    std::vector<int64_t> nanos;
    for (int i = 0; i < times; i++) {
        const int64_t start = now();
        fr_file file = attached(path);
        std::vector<fr_outstanding> table((std::size_t) file.capacity);
        std::vector<int32_t> states((std::size_t) file.capacity);
        fr_device device;
        fr_handler handler;
        if (fr_device_attach(&device, &file, table.data(), start, STALE_NANOS) != FR_OK
            || fr_handler_attach(&handler, &file, states.data(), start, STALE_NANOS) != FR_OK) {
            fail("cannot take the sides");
        }
        nanos.push_back(now() - start);
        fr_device_close(&device);
        fr_handler_close(&handler);
        fr_detach(&file);
    }
    std::sort(nanos.begin(), nanos.end());
    std::printf("%lld 0\n", (long long) nanos[nanos.size() / 2]);
}

} // namespace

int main(int argc, char **argv) {
    const std::string task = argc > 1 ? argv[1] : "";
    alarm(PATIENCE_SECONDS);
    if (task == "raise" && argc == 5) {
        raise_faults(argv[2], std::atoll(argv[3]), std::atoi(argv[4]));
    } else if (task == "handle" && argc == 5) {
        handle_faults(argv[2], std::atoll(argv[3]), std::atoi(argv[4]));
    } else if (task == "produce" && argc == 6) {
        produce(argv[2], std::atoll(argv[3]), std::atoll(argv[4]), std::atoi(argv[5]));
    } else if (task == "consume" && argc == 6) {
        consume(argv[2], std::atoll(argv[3]), std::atoll(argv[4]), std::atoi(argv[5]));
    } else if (task == "adjacent" && argc == 5) {
        usual<WORD, false>(std::atoll(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]));
    } else if (task == "apart" && argc == 5) {
        usual<LINE, false>(std::atoll(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]));
    } else if (task == "remembering" && argc == 5) {
        usual<LINE, true>(std::atoll(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]));
    } else if (task == "answered" && argc == 5) {
        answered(std::atoll(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]));
    } else if (task == "attach" && argc == 4) {
        attach_times(argv[2], std::atoi(argv[3]));
    } else {
        fail("usage: see the top of mapped.cpp");
    }
    return 0;
}
