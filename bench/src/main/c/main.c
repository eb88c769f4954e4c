/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/*
 * Counts what it takes to get I/O page faults of iommufd to user space and answers back, in instructions, with mock
 * devices of the kernel's self-test. Runs in a machine with one processor that counts instructions. In a line "cell",
 * instructions are those of all rounds together; arrive, trigger and answer are the medians of these parts of a round.
 *
 *   client PASSES MOST_ROUNDS BUDGET
 */
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cell.h"
#include "lines.h"
#include "stamp.h"

static const unsigned BATCHES[] = {1, 16, 64};
enum { BATCH_COUNT = sizeof BATCHES / sizeof *BATCHES };

/* A second of this clock is 10^9 instructions, so no cell comes near; a machine that idles gets there at once. */
enum { LIMIT_SECONDS = 120 };

enum { CALL_ROUNDS = 2000 };

static struct mock calls_mock;
static struct fault calls_records[MOST_FAULTS];

static void call_nothing(void) {
    __asm__ volatile("" : : : "memory");
}

static void call_getppid(void) {
    syscall(__NR_getppid);
}

static void call_yield(void) {
    sched_yield();
}

static void call_poll(void) {
    struct pollfd waiting = {.fd = calls_mock.fault_fd, .events = POLLIN};
    poll(&waiting, 1, 0);
}

static void call_read(void) {
    if (read(calls_mock.fault_fd, calls_records, sizeof calls_records) != 0) {
        cannot_run("reading an empty fault fd");
    }
}

static void call_copy(void) {
    static uint8_t target[sizeof(struct fault)];
    void *to = target;
    const void *from = calls_records;
    unsigned long count = sizeof target;
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
}

/* Single calls, for comparison. */
static void count_call(const char *name, void (*call)(void), const unsigned pass) {
    for (int i = 0; i < WARMUPS; i++) {
        call();
    }
    static struct sample sample;
    sample.count = 0;
    for (int i = 0; i < CALL_ROUNDS; i++) {
        const uint64_t begin = stamp();
        call();
        sample_add(&sample, stamp() - begin);
    }
    line("call name=%s pass=%u instructions=%u", name, pass, sample_median(&sample));
}

static void count_calls(const unsigned pass) {
    mock_open(&calls_mock, 0);
    count_call("nothing", call_nothing, pass);
    count_call("copy-40", call_copy, pass);
    count_call("getppid", call_getppid, pass);
    count_call("yield", call_yield, pass);
    count_call("poll-empty", call_poll, pass);
    count_call("read-empty", call_read, pass);
    mock_trigger(&calls_mock, 0, 0);
    count_call("poll-readable", call_poll, pass);
    mock_close(&calls_mock);
}

/* A sleeping reader is measured fault by fault: how many are there when it has woken up is the scheduler's choice. */
static unsigned batches_of(const struct design *design) {
    return design->asleep ? 1 : BATCH_COUNT;
}

static unsigned count_cells(void) {
    unsigned cells = 0;
    for (unsigned d = 0; d < DESIGN_COUNT; d++) {
        cells += batches_of(&DESIGNS[d]);
    }
    return cells;
}

/*
 * What a process leaves behind costs the next thing it does: once a ring has made a thread, each call on a file is
 * dearer. So each design runs in a process of its own.
 */
static bool in_child(const struct design *design, const unsigned batch, const unsigned pass,
                     const struct effort *effort) {
    fflush(stdout);
    const pid_t child = fork();
    if (child < 0) {
        cannot_run("fork");
    }
    if (child == 0) {
        alarm(LIMIT_SECONDS);
        exit(cell_run(design, batch, pass, effort) ? ENDED_WELL : WRONG_RESULT);
    }
    int status;
    if (waitpid(child, &status, 0) != child) {
        cannot_run("waitpid");
    }
    if (WIFSIGNALED(status)) {
        line("wrong %s batch=%u pass=%u what=\"ended by signal %d\"", design_name(design), batch, pass,
             WTERMSIG(status));
        return false;
    }
    if (WEXITSTATUS(status) == CANNOT_RUN) {
        exit(CANNOT_RUN);
    }
    return WEXITSTATUS(status) == ENDED_WELL;
}

static bool run_pass(const unsigned pass, const struct effort *effort) {
    bool right = true;
    count_calls(pass);
    for (unsigned d = 0; d < DESIGN_COUNT; d++) {
        for (unsigned b = 0; b < batches_of(&DESIGNS[d]); b++) {
            right &= in_child(&DESIGNS[d], BATCHES[b], pass, effort);
        }
    }
    return right;
}

int main(const int count, char **arguments) {
    if (count != 4) {
        return CANNOT_RUN;
    }
    const unsigned passes = (unsigned)strtoul(arguments[1], NULL, 10);
    const struct effort effort = {.most_rounds = (unsigned)strtoul(arguments[2], NULL, 10),
                                  .budget = strtoull(arguments[3], NULL, 10)};
    struct utsname kernel;
    uname(&kernel);
    line("kernel release=%s version=\"%s\"", kernel.release, kernel.version);
    if (!stamp_counts_instructions()) {
        line("error the clock does not count instructions: the machine was not started with -i");
        return CANNOT_RUN;
    }
    line("plan passes=%u cells=%u", passes, count_cells());
    bool right = true;
    for (unsigned pass = 1; pass <= passes; pass++) {
        right &= run_pass(pass, &effort);
    }
    line("end");
    return right ? ENDED_WELL : WRONG_RESULT;
}
