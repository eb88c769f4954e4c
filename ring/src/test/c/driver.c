/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the tests do in C: "layout", "contract", "raise FILE JOURNAL [ANSWERS]", "answer FILE JOURNAL", "cut FILE",
 * "fuzz STEPS SEED", "threads GROUPS".
 */
#define _POSIX_C_SOURCE 200809L
#include "faultring.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SHOW(name) printf(#name " %lld\n", (long long) FR_##name)

static int layout(void) {
    SHOW(MAGIC_OFFSET); SHOW(VERSION_OFFSET); SHOW(CAPACITY_OFFSET); SHOW(ANSWER_LINES_OFFSET);
    SHOW(SLOT_LENGTH_OFFSET); SHOW(FAULT_RING_OFFSET); SHOW(RESPONSE_RING_OFFSET); SHOW(FILE_LENGTH_OFFSET);
    SHOW(CHECKSUM_OFFSET); SHOW(STATE_OFFSET); SHOW(DEVICE_BLOCK); SHOW(HANDLER_BLOCK); SHOW(FAULT_RING);
    SHOW(BLOCK_OWNER); SHOW(BLOCK_HEARTBEAT); SHOW(BLOCK_REFUSED); SHOW(BLOCK_REPAIRED); SHOW(BLOCK_STALE);
    SHOW(BLOCK_ANSWERING); SHOW(BLOCK_ANSWER_AT); SHOW(VERSION); SHOW(BEING_MADE); SHOW(OPEN); SHOW(ANSWERED);
    SHOW(MAGIC); SHOW(CONSUMER_POSITION_OFFSET); SHOW(SLOTS_OFFSET); SHOW(SLOT_LENGTH_BYTES);
    SHOW(RAISE_NANOS_OFFSET); SHOW(ATTACHMENT_OFFSET); SHOW(GROUP_LENGTH_OFFSET); SHOW(ZERO_OFFSET);
    SHOW(STAMP_OFFSET); SHOW(PADDING); SHOW(MAX_CAPACITY); SHOW(MAX_GROUP_LENGTH); SHOW(RESPONSES_PER_LINE);
    SHOW(RESPONSE_CONSUMER_POSITION_OFFSET); SHOW(LINES_OFFSET); SHOW(LINE_STAMP_OFFSET);
    SHOW(LINE_LENGTH_BYTES); SHOW(PASID_VALID); SHOW(LAST_PAGE); SHOW(READ); SHOW(WRITE); SHOW(EXEC); SHOW(PRIV);
    SHOW(SUCCESS); SHOW(INVALID); SHOW(NOT_SAMPLED);
    printf("FLAGS_OFFSET %zu\nDEV_ID_OFFSET %zu\nPASID_OFFSET %zu\nGRPID_OFFSET %zu\nPERM_OFFSET %zu\n"
           "RESERVED_OFFSET %zu\nADDR_OFFSET %zu\nLENGTH_OFFSET %zu\nCOOKIE_OFFSET %zu\n",
           offsetof(fr_fault, flags), offsetof(fr_fault, dev_id), offsetof(fr_fault, pasid),
           offsetof(fr_fault, grpid), offsetof(fr_fault, perm), offsetof(fr_fault, reserved),
           offsetof(fr_fault, addr), offsetof(fr_fault, length), offsetof(fr_fault, cookie));
    for (long long capacity = 1; capacity <= FR_MAX_CAPACITY; capacity <<= 1) {
        printf("length.%lld %zu\n", capacity, fr_file_length(capacity));
    }
    return 0;
}

/* ---- contract: a request is an operation and two numbers, the answer a number; slots are asked about in between. */

static int64_t get_number(void) {
    int64_t number;
    if (fread(&number, sizeof number, 1, stdin) != 1) {
        exit(0);
    }
    return number;
}

static void put_number(int64_t number) { fwrite(&number, sizeof number, 1, stdout); }

static int64_t serve(void);

/* A handler may call the ring itself before it answers. */
static int ask(void *context, uint8_t *slot) {
    put_number(slot - ((fr_ring *) context)->memory);
    fflush(stdout);
    return (int) serve();
}

static fr_ring *open_ring(int64_t length) {
    char path[4096];
    fr_file file;
    fr_ring *ring = (fr_ring *) calloc(1, sizeof *ring);
    if (length >= (int64_t) sizeof path || fread(path, 1, (size_t) length, stdin) != (size_t) length) {
        exit(2);
    }
    path[length] = 0;
    if (ring == NULL || fr_attach(&file, path) != FR_OK
        || fr_ring_init(ring, file.memory + FR_FAULT_RING, file.capacity) != FR_OK) {
        exit(3);
    }
    return ring;
}

static int64_t call(fr_ring *ring, int operation, int64_t a, int64_t b) {
    int64_t result = 0;
    switch (operation) {
    case 'c': return fr_try_claim(ring, a);
    case 'k': fr_commit(ring, a, b); return 0;
    case 'a': fr_abort(ring, a, b); return 0;
    case 'p': result = fr_poll(ring, ask, ring, a); put_number(-1); return result;
    case 'd': result = fr_drain(ring, ask, ring, a); put_number(-1); return result;
    case 'q': result = fr_controlled_poll(ring, ask, ring, a); put_number(-1); return result;
    case 'v': return fr_available(ring, a);
    case 't': fr_take(ring, a); return 0;
    case 'e': return fr_is_empty(ring);
    case 'g': return fr_peek_group_length(ring);
    case 'u': return fr_unblock(ring);
    case 's': return fr_size(ring);
    case 'h': return fr_high_water_mark(ring);
    case 'P': return fr_producer_position(ring);
    case 'C': return fr_consumer_position(ring);
    default: exit(2);
    }
}

/* Serve requests until one says what a handler answers. */
static int64_t serve(void) {
    static fr_ring *rings[1 << 16];
    static int64_t opened;
    for (;;) {
        int64_t operation = get_number();
        int64_t number = get_number();
        int64_t a = get_number();
        int64_t b = get_number();
        if (operation == 'r') {
            return a;
        }
        if (operation == 'O' && opened < 1 << 16) {
            rings[opened] = open_ring(a);
            put_number(opened++);
        } else {
            put_number(call(rings[number & 0xFFFF], (int) operation, a, b));
        }
        fflush(stdout);
    }
}

/* ---- death: both sides note what is done in a journal, a mapped file of positions + 1, as late as they can. */

typedef struct {
    uint64_t *words;
    size_t length;
    size_t next;
} journal;

static journal map_journal(const char *path) {
    struct stat about;
    journal mapped;
    int fd = open(path, O_RDWR);
    if (fd < 0 || fstat(fd, &about) != 0) {
        exit(3);
    }
    void *memory = mmap(NULL, (size_t) about.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (memory == MAP_FAILED) {
        exit(3);
    }
    mapped.words = (uint64_t *) memory;
    mapped.length = (size_t) about.st_size / sizeof(uint64_t);
    mapped.next = 0;
    return mapped;
}

static void note(journal *to, int64_t position) {
    if (to->next < to->length) {
        FR_STORE_RELEASE(&to->words[to->next++], (uint64_t) position + 1);
    }
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* The test says when an owner is dead: any silence will do. */
enum { STALE_NANOS = 1 };

/* Begin nothing new, and end when all is done. */
static volatile sig_atomic_t told_to_end;

static void on_end(int number) {
    (void) number;
    told_to_end = 1;
}

typedef struct {
    journal noted;
    int64_t count;
} answer_counter;

static void on_answer(void *context, uint32_t cookie, uint32_t code) {
    answer_counter *answers = (answer_counter *) context;
    if (code != FR_SUCCESS) {
        exit(4);
    }
    answers->count++;
    note(&answers->noted, (int64_t) cookie);
}

static int64_t raise_group(fr_device *device, int64_t slots) {
    int64_t position = fr_device_try_claim(device, slots);
    for (int64_t i = 0; position >= 0 && i < slots; i++) {
        fr_fault fault = fr_blank_fault();
        fault.flags = i == slots - 1 ? FR_LAST_PAGE : 0;
        fault.addr = (uint64_t) position;
        fault.cookie = (uint32_t) i;
        fr_put_fault(fr_device_slot(device, i), &fault);
    }
    if (position >= 0) {
        fr_device_commit(device, (uint32_t) position);
    }
    return position;
}

/* Until the journal is full, then until all is answered. */
static int raise_groups(const char *path, journal *raised, journal *noted) {
    fr_file file;
    fr_device device;
    answer_counter answers = {*noted, 0};
    int64_t count = 0;
    if (fr_attach(&file, path) != FR_OK) {
        return 3;
    }
    fr_outstanding *table = (fr_outstanding *) calloc((size_t) file.capacity, sizeof *table);
    if (table == NULL || fr_device_attach(&device, &file, table, now(), STALE_NANOS) != FR_OK) {
        return 3;
    }
    while (answers.count < count || (raised->next < raised->length && !told_to_end)) {
        if (raised->next < raised->length && !told_to_end) {
            int64_t position = raise_group(&device, 1 + count % 3);
            if (position >= 0) {
                count++;
                note(raised, position);
            }
        }
        fr_device_poll(&device, on_answer, &answers, 64);
    }
    fr_device_close(&device);
    fr_detach(&file);
    free(table);
    return 0;
}

typedef struct {
    fr_handler handler;
    journal *noted;
    int64_t held[64]; /* as many as the ring of the test has slots */
    int count;
} answering;

static void answer_last(answering *self) {
    while (self->count > 0
           && fr_handler_answer(&self->handler, self->held[self->count - 1], FR_SUCCESS) == 1) {
        note(self->noted, self->held[--self->count]);
    }
}

static void on_group(void *context, const uint8_t *first, int64_t position, int64_t slots) {
    answering *self = (answering *) context;
    (void) slots;
    if (fr_get_fault(first).addr != (uint64_t) position) {
        exit(4);
    }
    self->held[self->count++] = position;
    if (self->count >= 3 || position % 2 == 0) {
        /* Not in the order of the groups. */
        answer_last(self);
    }
}

static int answer_groups(const char *path, journal *noted) {
    fr_file file;
    answering self;
    if (fr_attach(&file, path) != FR_OK) {
        return 3;
    }
    self.noted = noted;
    self.count = 0;
    int32_t *states = (int32_t *) calloc((size_t) file.capacity, sizeof *states);
    if (states == NULL || fr_handler_attach(&self.handler, &file, states, now(), STALE_NANOS) != FR_OK) {
        return 3;
    }
    for (;;) {
        if (fr_handler_poll(&self.handler, on_group, &self, 1) == 0) {
            answer_last(&self);
            if (told_to_end && self.count == 0) {
                break;
            }
        }
    }
    fr_handler_close(&self.handler);
    fr_detach(&file);
    free(states);
    return 0;
}

/* ---- cut: the test shortens the file while both sides work on it. */

static fr_file cut_file;

static void on_bus_error(int number, siginfo_t *about, void *context) {
    (void) number; (void) context;
    if (!fr_survive_cut(&cut_file, about->si_addr)) {
        _exit(5);
    }
}

static void answer_at_once(void *context, const uint8_t *first, int64_t position, int64_t slots) {
    (void) first; (void) slots;
    fr_handler_answer((fr_handler *) context, position, FR_SUCCESS);
}

static int work_until_cut(const char *path) {
    fr_device device;
    fr_handler handler;
    struct sigaction action;
    journal nothing = {NULL, 0, 0};
    answer_counter answers = {nothing, 0};
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    if (sigaction(SIGBUS, &action, NULL) != 0 || fr_attach(&cut_file, path) != FR_OK) {
        return 3;
    }
    fr_outstanding *table = (fr_outstanding *) calloc((size_t) cut_file.capacity, sizeof *table);
    int32_t *states = (int32_t *) calloc((size_t) cut_file.capacity, sizeof *states);
    if (table == NULL || states == NULL || fr_device_attach(&device, &cut_file, table, now(), STALE_NANOS) != FR_OK
        || fr_handler_attach(&handler, &cut_file, states, now(), STALE_NANOS) != FR_OK) {
        return 3;
    }
    printf("working\n");
    fflush(stdout);
    while (fr_device_heartbeat(&device, now()) && fr_handler_heartbeat(&handler, now())) {
        raise_group(&device, 1 + answers.count % 3);
        fr_handler_poll(&handler, answer_at_once, &handler, 8);
        fr_device_poll(&device, on_answer, &answers, 8);
    }
    /* What is left of the file does no harm either. */
    for (int i = 0; i < 1000; i++) {
        raise_group(&device, 1);
        fr_handler_poll(&handler, answer_at_once, &handler, 8);
        fr_device_poll(&device, on_answer, &answers, 8);
    }
    printf("cut %d\n", (int) cut_file.cuts);
    fr_device_close(&device);
    fr_handler_close(&handler);
    fr_detach(&cut_file);
    free(table);
    free(states);
    return answers.count > 0 ? 0 : 1;
}

/* ---- fuzz: both sides work on one memory whose bits somebody flips. On the heap, where sanitizers see its ends. */

static uint64_t state;

static uint64_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void on_fuzzed_group(void *context, const uint8_t *first, int64_t position, int64_t slots) {
    fr_handler *handler = (fr_handler *) context;
    fr_fault fault = fr_get_fault(first);
    uint64_t sum = 0;
    for (int64_t i = 0; i < slots; i++) {
        sum += fr_get_fault(fr_slot(&handler->ring, fr_add(position, i))).addr;
    }
    if ((sum + fault.addr) % 4 != 0) {
        fr_handler_answer(handler, position, FR_SUCCESS);
    }
}

static void ignore_answer(void *context, uint32_t cookie, uint32_t code) {
    (void) context; (void) cookie; (void) code;
}

static int count_slot(void *context, uint8_t *slot) {
    *(int64_t *) context += slot[0];
    return 0;
}

static void damage(fr_file *file) {
    uint64_t random = next_random();
    size_t word = (size_t) (next_random() % (file->length / 8));
    uint64_t *at = fr_word(file->memory, word * 8);
    switch (random % 4) {
    case 0: *at = next_random() >> (random >> 8) % 64; break;
    case 1: *at = (uint64_t) (int64_t) ((int32_t) (random >> 16) % 64); break;
    default: *at ^= UINT64_C(1) << (random >> 8) % 64; break;
    }
}

/* The counters are damaged like everything else. */
static int64_t refusals(const fr_role *device, const fr_role *handler) {
    return fr_add(fr_role_get(device, FR_BLOCK_REFUSED), fr_role_get(handler, FR_BLOCK_REFUSED));
}

static int fuzz(int64_t steps, uint64_t seed) {
    enum { CAPACITY = 16 };
    static fr_outstanding table[CAPACITY];
    static int32_t states[CAPACITY];
    fr_device device;
    fr_handler handler;
    fr_file file;
    int64_t refused = 0, handed = 0, attached = 0;
    memset(&file, 0, sizeof file);
    file.capacity = CAPACITY;
    file.length = fr_file_length(CAPACITY);
    file.memory = (uint8_t *) aligned_alloc(128, (file.length + 127) / 128 * 128);
    if (file.memory == NULL) {
        return 3;
    }
    state = seed;
    for (int64_t step = 0; step < steps; step++) {
        if (step % 512 == 0) {
            if (step % 4096 == 0) {
                memset(file.memory, 0, file.length);
            }
            /* Also from memory as it was left, unless that is refused. */
            while (fr_device_attach(&device, &file, table, step, 1) != FR_OK
                   || fr_handler_attach(&handler, &file, states, step, 1) != FR_OK) {
                memset(file.memory, 0, file.length);
                refused++;
            }
            attached++;
        }
        if (step % 8 == 0) {
            damage(&file);
        }
        int64_t before = refusals(&device.role, &handler.role);
        int64_t slots = 1 + (int64_t) (next_random() % 4);
        if (fr_device_try_claim(&device, slots) >= 0) {
            if (next_random() % 8 == 0) {
                fr_device_abort(&device);
            } else {
                fr_device_commit(&device, (uint32_t) step);
            }
        }
        handed += fr_handler_poll(&handler, on_fuzzed_group, &handler, 8);
        fr_handler_answer(&handler, handler.done_position, FR_INVALID);
        fr_device_poll(&device, ignore_answer, NULL, 64);
        if (next_random() % 64 == 0) {
            /* The bare ring, as well. */
            fr_ring ring;
            if (fr_ring_init(&ring, file.memory + FR_FAULT_RING, CAPACITY) == FR_OK) {
                int64_t sum = 0;
                fr_peek_group_length(&ring);
                fr_unblock(&ring);
                fr_drain(&ring, count_slot, &sum, INT64_C(1) << 40);
                fr_poll(&ring, count_slot, &sum, 64);
                fr_size(&ring);
            }
        }
        refused += refusals(&device.role, &handler.role) != before;
    }
    printf("steps %lld handed %lld refused %lld attached %lld\n", (long long) steps, (long long) handed,
           (long long) refused, (long long) attached);
    free(file.memory);
    return 0;
}

/* ---- threads: device and handler in one process, where the thread sanitizer sees both. */

static int64_t groups_to_carry;
static uint64_t sum_raised, sum_handled;
static int64_t handled;

static void on_threads_group(void *context, const uint8_t *first, int64_t position, int64_t slots) {
    sum_handled += fr_get_fault(first).addr * (uint64_t) slots;
    handled += fr_handler_answer((fr_handler *) context, position, FR_SUCCESS);
}

static void *run_handler(void *context) {
    static int32_t states[16];
    fr_handler handler;
    if (fr_handler_attach(&handler, (fr_file *) context, states, now(), STALE_NANOS) == FR_OK) {
        while (handled < groups_to_carry) {
            fr_handler_poll(&handler, on_threads_group, &handler, 8);
        }
    }
    return NULL;
}

static void count_answer(void *context, uint32_t cookie, uint32_t code) {
    *(int64_t *) context += cookie != 0 && code == FR_SUCCESS;
}

static int threads(int64_t groups) {
    static fr_outstanding table[16];
    fr_file file;
    fr_device device;
    pthread_t thread;
    int64_t answered = 0;
    memset(&file, 0, sizeof file);
    file.capacity = 16;
    file.length = fr_file_length(16);
    file.memory = (uint8_t *) aligned_alloc(128, (file.length + 127) / 128 * 128);
    if (file.memory == NULL) {
        return 3;
    }
    memset(file.memory, 0, file.length);
    groups_to_carry = groups;
    if (fr_device_attach(&device, &file, table, now(), STALE_NANOS) != FR_OK
        || pthread_create(&thread, NULL, run_handler, &file) != 0) {
        return 3;
    }
    for (int64_t raised = 0; answered < groups;) {
        int64_t slots = 1 + raised % 3;
        if (raised < groups && fr_device_try_claim(&device, slots) >= 0) {
            for (int64_t i = 0; i < slots; i++) {
                fr_fault fault = fr_blank_fault();
                fault.addr = next_random();
                sum_raised += i == 0 ? fault.addr * (uint64_t) slots : 0;
                fr_put_fault(fr_device_slot(&device, i), &fault);
            }
            raised++;
            fr_device_commit(&device, 7);
        }
        fr_device_poll(&device, count_answer, &answered, 16);
    }
    pthread_join(thread, NULL);
    free(file.memory);
    printf("groups %lld\n", (long long) answered);
    return sum_raised == sum_handled ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "layout") == 0) {
        return layout();
    }
    if (argc == 2 && strcmp(argv[1], "contract") == 0) {
        serve();
        return 2;
    }
    if (argc == 3 && strcmp(argv[1], "threads") == 0) {
        state = 1;
        return threads(atoll(argv[2]));
    }
    if (argc == 4 && strcmp(argv[1], "fuzz") == 0) {
        return fuzz(atoll(argv[2]), strtoull(argv[3], NULL, 10));
    }
    if (argc == 3 && strcmp(argv[1], "cut") == 0) {
        return work_until_cut(argv[2]);
    }
    if (argc >= 4) {
        journal done = map_journal(argv[3]);
        journal answers = {NULL, 0, 0};
        if (argc == 5) {
            answers = map_journal(argv[4]);
        }
        signal(SIGTERM, on_end);
        return strcmp(argv[1], "raise") == 0 ? raise_groups(argv[2], &done, &answers) : answer_groups(argv[2], &done);
    }
    return 2;
}
