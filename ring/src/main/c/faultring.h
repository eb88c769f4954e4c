/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * faultring.h: a device or a fault handler in C11 or C++17 on a ring file that Java or C maps at the other end.
 *
 * The layout is that of docs/abi.md, names and contract are those of the Java classes: fr_ring is OneToOneFaultRing,
 * fr_responses is OneToOneResponseRing, fr_file is MappedRing, fr_device and fr_handler are MappedDevice and
 * MappedHandler. Include it and compile; there is no library. Nothing allocates, waits, takes a lock or reads a clock.
 * An object belongs to one thread. Compilers: gcc and clang, or any with their __atomic functions.
 *
 * The process at the other end is not trusted: no word of the file is used as an address, or bounds a loop, unchecked.
 */
#ifndef FAULTRING_H
#define FAULTRING_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "faultring.h: little-endian machines only"
#endif

/* The atomics, all on 32 or 64 bits that lie on a multiple of their size. */
#ifndef FR_LOAD_ACQUIRE
#define FR_LOAD_ACQUIRE(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define FR_STORE_RELEASE(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define FR_COMPARE_AND_SET(p, e, v) \
    __atomic_compare_exchange_n((p), (e), (v), 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Header of the file (MappedRingDescriptor). */
enum {
    FR_MAGIC_OFFSET = 0,
    FR_VERSION_OFFSET = 8,
    FR_CAPACITY_OFFSET = 12,
    FR_ANSWER_LINES_OFFSET = 16,
    FR_SLOT_LENGTH_OFFSET = 20,
    FR_FAULT_RING_OFFSET = 24,
    FR_RESPONSE_RING_OFFSET = 28,
    FR_FILE_LENGTH_OFFSET = 32,
    FR_CHECKSUM_OFFSET = 40,
    FR_STATE_OFFSET = 44,
    FR_DEVICE_BLOCK = 128,
    FR_HANDLER_BLOCK = 256,
    FR_FAULT_RING = 384,
    FR_BLOCK_OWNER = 0,
    FR_BLOCK_HEARTBEAT = 8,
    FR_BLOCK_REFUSED = 16,
    FR_BLOCK_REPAIRED = 24,
    FR_BLOCK_STALE = 32,
    FR_BLOCK_ANSWERING = 40,
    FR_BLOCK_ANSWER_AT = 48,
    FR_VERSION = 1,
    FR_BEING_MADE = 0x4D414B45,
    FR_OPEN = 0x4F50454E,
    FR_ANSWERED = 1
};
#define FR_MAGIC UINT64_C(0x50414D544C554146)

/* The fault ring and its slots (FaultRingDescriptor). */
enum {
    FR_CONSUMER_POSITION_OFFSET = 256,
    FR_SLOTS_OFFSET = 384,
    FR_SLOT_LENGTH_BYTES = 64,
    FR_RAISE_NANOS_OFFSET = 40,
    FR_ATTACHMENT_OFFSET = 48,
    FR_GROUP_LENGTH_OFFSET = 52,
    FR_ZERO_OFFSET = 54,
    FR_STAMP_OFFSET = 56,
    FR_PADDING = 0xFFFF,
    FR_MAX_CAPACITY = 1 << 20,
    FR_MAX_GROUP_LENGTH = 0xFFFE
};

/* The response ring (OneToOneResponseRing). */
enum {
    FR_RESPONSES_PER_LINE = 7,
    FR_RESPONSE_CONSUMER_POSITION_OFFSET = 0,
    FR_LINES_OFFSET = 128,
    FR_LINE_STAMP_OFFSET = 56,
    FR_LINE_LENGTH_BYTES = 64
};

/* Values of the fields, as Linux has them (include/uapi/linux/iommufd.h). */
enum { FR_PASID_VALID = 1, FR_LAST_PAGE = 2 };
enum { FR_READ = 1, FR_WRITE = 2, FR_EXEC = 4, FR_PRIV = 8 };
enum { FR_SUCCESS = 0, FR_INVALID = 1 };
#define FR_NOT_SAMPLED INT64_C(-1)

/* What functions return that can fail. */
enum {
    FR_OK = 0,
    FR_INSUFFICIENT_CAPACITY = -1, /* full: try later */
    FR_BAD_ARGUMENT = -2,          /* out of range, or not the time for it */
    FR_CANNOT_OPEN = -3,           /* see errno */
    FR_NO_RING_FILE = -4,          /* short, cut, another format or version, or damaged */
    FR_NOT_OPEN = -5,              /* its maker is still at work, or died at it */
    FR_SIDE_HELD = -6              /* an owner gave a sign of life */
};

/* What a handler of fr_controlled_poll answers (ControlledFaultSlotHandler.Action). */
enum { FR_CONTINUE = 0, FR_COMMIT = 1, FR_BREAK = 2, FR_ABORT = 3 };

/* struct iommu_hwpt_pgfault and what travels with it: a slot up to its stamp. A copy, which nobody else can change. */
typedef struct {
    uint32_t flags, dev_id, pasid, grpid, perm, reserved;
    uint64_t addr;
    uint32_t length, cookie;
    int64_t raise_nanos;
    uint32_t attachment;
    uint16_t group_length, zero;
} fr_fault;

static inline uint64_t *fr_word(uint8_t *memory, size_t offset) { return (uint64_t *) (void *) (memory + offset); }
static inline uint32_t fr_get32(const uint8_t *at) { uint32_t v; memcpy(&v, at, sizeof v); return v; }
static inline uint64_t fr_get64(const uint8_t *at) { uint64_t v; memcpy(&v, at, sizeof v); return v; }
static inline uint16_t fr_get16(const uint8_t *at) { uint16_t v; memcpy(&v, at, sizeof v); return v; }
static inline void fr_put16(uint8_t *at, uint16_t v) { memcpy(at, &v, sizeof v); }
static inline void fr_put32(uint8_t *at, uint32_t v) { memcpy(at, &v, sizeof v); }
static inline void fr_put64(uint8_t *at, uint64_t v) { memcpy(at, &v, sizeof v); }
static inline int64_t fr_min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t fr_max(int64_t a, int64_t b) { return a > b ? a : b; }
/* Positions of the file may be any number: sums that may overflow go round, as they do in Java. */
static inline int64_t fr_add(int64_t a, int64_t b) { return (int64_t) ((uint64_t) a + (uint64_t) b); }
static inline int64_t fr_sub(int64_t a, int64_t b) { return (int64_t) ((uint64_t) a - (uint64_t) b); }

/* ------------------------------------------------------------------ fault ring: assumptions, guarantees: FaultRing */

typedef struct {
    uint8_t *memory;
    int64_t capacity;
    int64_t mask;
    int64_t max_claim;
    uint8_t pad0[96]; /* the producer's line, the consumer's line: a thread of its own may have each */
    int64_t claimed_position;
    int64_t producer_limit;
    int64_t most_used;
    uint8_t pad1[104];
    int64_t consumer_position_;
    uint8_t pad2[120];
} fr_ring;

/* Called with each slot; 0 goes on, anything else stops the poll behind this slot. */
typedef int (*fr_slot_handler)(void *context, uint8_t *slot);

static inline uint8_t *fr_slot(const fr_ring *ring, int64_t position) {
    return ring->memory + FR_SLOTS_OFFSET + (size_t) (position & ring->mask) * FR_SLOT_LENGTH_BYTES;
}

static inline int64_t fr_stamp_at(const fr_ring *ring, int64_t position) {
    /* Acquire, paired with the release in fr_stamp(): what was written before the stamp is read after it. */
    return (int64_t) FR_LOAD_ACQUIRE(fr_word(fr_slot(ring, position), FR_STAMP_OFFSET));
}

static inline void fr_stamp(fr_ring *ring, int64_t position, int64_t stamp) {
    /* Release, paired with the acquire in fr_stamp_at(): the fields do not move behind the stamp. */
    FR_STORE_RELEASE(fr_word(fr_slot(ring, position), FR_STAMP_OFFSET), (uint64_t) stamp);
}

static inline int fr_is_visible(const fr_ring *ring, int64_t position) {
    return fr_stamp_at(ring, position) == fr_add(position, 1);
}

static inline int64_t fr_consumer_position(const fr_ring *ring) {
    /* Acquire, paired with the release in fr_go_on_from(). */
    return (int64_t) FR_LOAD_ACQUIRE(fr_word(ring->memory, FR_CONSUMER_POSITION_OFFSET));
}

static inline int fr_group_length(const fr_ring *ring, int64_t position) {
    return fr_get16(fr_slot(ring, position) + FR_GROUP_LENGTH_OFFSET);
}

static inline int fr_is_claimed(const fr_ring *ring, int64_t position) {
    int64_t stamp = fr_stamp_at(ring, position);
    return stamp == fr_add(position, 1) || stamp == fr_sub(0, fr_add(position, 1));
}

static inline int64_t fr_claimed_slots(const fr_ring *ring, int64_t position) {
    if (fr_stamp_at(ring, position) != fr_sub(0, fr_add(position, 1))) {
        return 1;
    }
    int64_t length = fr_group_length(ring, position);
    return length > ring->max_claim || length < 1 ? 1 : length;
}

static inline int64_t fr_producer_position(const fr_ring *ring) {
    int64_t position = fr_max((int64_t) FR_LOAD_ACQUIRE(&ring->claimed_position), fr_consumer_position(ring));
    int64_t left = ring->capacity;
    while (left > 0 && fr_is_claimed(ring, position)) {
        int64_t slots = fr_claimed_slots(ring, position);
        position = fr_add(position, slots);
        left -= slots;
    }
    return position;
}

/* The ring in memory that holds one already, or is zeroed: FR_SLOTS_OFFSET bytes and the slots, on a line pair. */
static inline int fr_ring_init(fr_ring *ring, void *memory, int64_t capacity) {
    if (capacity < 1 || capacity > FR_MAX_CAPACITY || (capacity & (capacity - 1)) != 0
        || (uintptr_t) memory % 64 != 0) {
        return FR_BAD_ARGUMENT;
    }
    memset(ring, 0, sizeof *ring);
    ring->memory = (uint8_t *) memory;
    ring->capacity = capacity;
    ring->mask = capacity - 1;
    ring->max_claim = fr_min(capacity, FR_MAX_GROUP_LENGTH);
    ring->consumer_position_ = fr_consumer_position(ring);
    ring->claimed_position = ring->consumer_position_;
    ring->claimed_position = fr_producer_position(ring);
    ring->producer_limit = fr_add(ring->consumer_position_, capacity);
    return FR_OK;
}

/* Producer: take slots, which become visible together; FR_INSUFFICIENT_CAPACITY, FR_BAD_ARGUMENT. */
static inline int64_t fr_try_claim(fr_ring *ring, int64_t slots) {
    int64_t position = ring->claimed_position;
    if (slots < 1 || slots > ring->max_claim) {
        return FR_BAD_ARGUMENT;
    }
    int64_t end = fr_add(position, slots);
    if (end > ring->producer_limit) {
        int64_t consumed = fr_consumer_position(ring);
        ring->producer_limit = fr_add(consumed, ring->capacity);
        if (fr_sub(position, consumed) > ring->most_used) {
            ring->most_used = fr_sub(position, consumed);
        }
        if (end > ring->producer_limit) {
            return FR_INSUFFICIENT_CAPACITY;
        }
    }
    FR_STORE_RELEASE(&ring->claimed_position, end);
    if (slots > 1) {
        uint8_t *slot = fr_slot(ring, position);
        fr_put64(slot + FR_ATTACHMENT_OFFSET, (uint64_t) slots << 32);
        fr_stamp(ring, position, fr_sub(0, fr_add(position, 1)));
    }
    return position;
}

/* Producer: make the slots of a claim visible, the first last. */
static inline void fr_commit(fr_ring *ring, int64_t position, int64_t slots) {
    for (int64_t i = slots - 1; i >= 0; i--) {
        fr_stamp(ring, fr_add(position, i), fr_add(position, i + 1));
    }
}

/* Producer: turn the slots of a claim into padding. */
static inline void fr_abort(fr_ring *ring, int64_t position, int64_t slots) {
    for (int64_t i = slots - 1; i >= 0; i--) {
        fr_put16(fr_slot(ring, fr_add(position, i)) + FR_GROUP_LENGTH_OFFSET, FR_PADDING);
        fr_stamp(ring, fr_add(position, i), fr_add(position, i + 1));
    }
}

static inline uint64_t fr_pair(uint32_t low, uint32_t high) { return low | (uint64_t) high << 32; }

/*
 * A fault with nothing set, to be filled in. Begun like this it stays in registers until fr_put_fault(); memset() puts it
 * into memory, and a store elsewhere between the stores to a slot costs more than the slot: three times as much in all.
 */
static inline fr_fault fr_blank_fault(void) {
    const fr_fault fault = {0, 0, 0, 0, 0, 0, 0, 0, 0, FR_NOT_SAMPLED, 0, 0, 0};
    return fault;
}

/*
 * Write the 56 bytes of a slot. Word by word: the wide loads of a copy would wait for the stores that have just made
 * the fault, and these for those to the slot before, which the consumer's core has.
 */
static inline void fr_put_fault(uint8_t *slot, const fr_fault *fault) {
    fr_put64(slot, fr_pair(fault->flags, fault->dev_id));
    fr_put64(slot + 8, fr_pair(fault->pasid, fault->grpid));
    fr_put64(slot + 16, fr_pair(fault->perm, fault->reserved));
    fr_put64(slot + 24, fault->addr);
    fr_put64(slot + 32, fr_pair(fault->length, fault->cookie));
    fr_put64(slot + FR_RAISE_NANOS_OFFSET, (uint64_t) fault->raise_nanos);
    fr_put64(slot + FR_ATTACHMENT_OFFSET,
             fr_pair(fault->attachment, fault->group_length | (uint32_t) fault->zero << 16));
}

/* Read the 56 bytes of a slot, once. */
static inline fr_fault fr_get_fault(const uint8_t *slot) {
    fr_fault fault;
    memcpy(&fault, slot, FR_STAMP_OFFSET);
    return fault;
}

static inline void fr_go_on_from(fr_ring *ring, int64_t position) {
    if (position != ring->consumer_position_) {
        ring->consumer_position_ = position;
        /* Release, paired with the acquire in fr_consumer_position(): our reads do not move behind it. */
        FR_STORE_RELEASE(fr_word(ring->memory, FR_CONSUMER_POSITION_OFFSET), (uint64_t) position);
    }
}

/* Slots worth taking together: many where the producer is far ahead, else one. */
static inline int64_t fr_visible_run(const fr_ring *ring, int64_t position, int64_t limit) {
    int64_t ahead = fr_min(fr_min(limit, 16), ring->capacity);
    int64_t run = 0;
    if (ahead < 1 || !fr_is_visible(ring, fr_add(position, ahead - 1))) {
        return ahead >= 1 && fr_is_visible(ring, position);
    }
    while (run < ahead && fr_is_visible(ring, fr_add(position, run))) {
        run++;
    }
    return run;
}

/* Consumer: hand over what is visible, at most limit slots; a group may be cut. */
static inline int64_t fr_poll(fr_ring *ring, fr_slot_handler handler, void *context, int64_t limit) {
    int64_t position = ring->consumer_position_;
    int64_t handed = 0;
    int stop = 0;
    int64_t run;
    while (!stop && (run = fr_visible_run(ring, position, limit)) > 0) {
        limit -= run;
        for (int64_t i = 0; i < run && !stop; i++) {
            uint8_t *slot = fr_slot(ring, position);
            position = fr_add(position, 1);
            if (fr_get16(slot + FR_GROUP_LENGTH_OFFSET) != FR_PADDING) {
                handed++;
                stop = handler(context, slot);
            }
        }
        if (run > 1) {
            fr_go_on_from(ring, position);
        }
    }
    fr_go_on_from(ring, position);
    return handed;
}

/* Consumer: hand over whole groups, as far as they fit into the limit. */
static inline int64_t fr_drain(fr_ring *ring, fr_slot_handler handler, void *context, int64_t limit) {
    int64_t taken = 0;
    while (taken < limit && fr_is_visible(ring, fr_add(ring->consumer_position_, taken))) {
        int64_t length = fr_group_length(ring, fr_add(ring->consumer_position_, taken));
        int64_t step = length == FR_PADDING || length == 0 ? 1 : length;
        /* Beyond the capacity the stamps are those of the slots that were counted. */
        if (step > limit - taken || taken >= ring->capacity) {
            break;
        }
        taken += step;
    }
    return fr_poll(ring, handler, context, taken);
}

/* Consumer: hand over for as long as the handler answers FR_CONTINUE or FR_COMMIT. */
static inline int64_t fr_controlled_poll(fr_ring *ring, fr_slot_handler handler, void *context, int64_t limit) {
    int64_t position = ring->consumer_position_;
    int64_t handed = 0;
    for (int64_t i = 0; i < limit && fr_is_visible(ring, position); i++) {
        uint8_t *slot = fr_slot(ring, position);
        position = fr_add(position, 1);
        if (fr_get16(slot + FR_GROUP_LENGTH_OFFSET) == FR_PADDING) {
            continue;
        }
        handed++;
        int action = handler(context, slot);
        if (action == FR_ABORT) {
            position = fr_sub(position, 1);
            handed--;
        }
        if (action == FR_ABORT || action == FR_BREAK) {
            break;
        }
        if (action == FR_COMMIT) {
            fr_go_on_from(ring, position);
        }
    }
    fr_go_on_from(ring, position);
    return handed;
}

/* Consumer: slots that may be looked at from its position on. */
static inline int64_t fr_available(const fr_ring *ring, int64_t limit) {
    int64_t most = fr_min(limit, ring->capacity);
    int64_t run = 0;
    while (run < most && fr_is_visible(ring, fr_add(ring->consumer_position_, run))) {
        run++;
    }
    return run;
}

/* Consumer: take slots that were looked at. */
static inline void fr_take(fr_ring *ring, int64_t slots) {
    fr_go_on_from(ring, fr_add(ring->consumer_position_, slots));
}

/* Consumer: whether nothing is visible. */
static inline int fr_is_empty(const fr_ring *ring) { return !fr_is_visible(ring, ring->consumer_position_); }

/* Consumer: length of the group at its position, 0 for none; padding before it is consumed. */
static inline int fr_peek_group_length(fr_ring *ring) {
    int64_t position = ring->consumer_position_;
    int length = 0;
    for (int64_t i = 0; i < ring->capacity && fr_is_visible(ring, position); i++) {
        length = fr_group_length(ring, position);
        if (length != FR_PADDING) {
            break;
        }
        length = 0;
        position = fr_add(position, 1);
    }
    fr_go_on_from(ring, position);
    return length;
}

/* Consumer: turn the claim at its position into padding, because its producer is dead; whether there was one. */
static inline int fr_unblock(fr_ring *ring) {
    int64_t position = ring->consumer_position_;
    if (fr_is_visible(ring, position)) {
        return 0;
    }
    int64_t ahead = fr_sub(fr_producer_position(ring), position);
    for (int64_t i = 1; ahead <= 0 && i < ring->capacity; i++) {
        /* A slot that nobody is known to have claimed was claimed nevertheless if one behind it was. */
        ahead = fr_is_claimed(ring, fr_add(position, i));
    }
    if (ahead <= 0) {
        return 0;
    }
    fr_abort(ring, position, fr_min(fr_claimed_slots(ring, position), ahead));
    return 1;
}

/* Any side: slots between the two positions, 0..capacity. */
static inline int64_t fr_size(const fr_ring *ring) {
    int64_t consumed = fr_consumer_position(ring);
    return fr_max(0, fr_min(fr_sub(fr_producer_position(ring), consumed), ring->capacity));
}

/* Producer: the fullest that it has seen the ring. */
static inline int64_t fr_high_water_mark(const fr_ring *ring) { return ring->most_used; }

/* --------------------------------------------------------------------------------------------------- response ring */

typedef struct {
    uint8_t *memory;
    int64_t line_mask;
    int64_t capacity;
    int64_t producer_position;
    int64_t producer_limit;
    int64_t consumer_position;
} fr_responses;

/* Called with each answer: handle of the group and code. */
typedef void (*fr_response_handler)(void *context, uint32_t handle, uint32_t code);

static inline uint8_t *fr_line(const fr_responses *ring, int64_t position) {
    return ring->memory + FR_LINES_OFFSET
        + (size_t) ((position / FR_RESPONSES_PER_LINE) & ring->line_mask) * FR_LINE_LENGTH_BYTES;
}

static inline int64_t fr_response_consumer(const fr_responses *ring) {
    /* Acquire, paired with the release in fr_response_poll(). */
    return (int64_t) FR_LOAD_ACQUIRE(fr_word(ring->memory, FR_RESPONSE_CONSUMER_POSITION_OFFSET));
}

/* The ring in memory that holds one already, or is zeroed. Where its producer was is the newest stamp that can be. */
static inline void fr_responses_init(fr_responses *ring, void *memory, int64_t lines) {
    ring->memory = (uint8_t *) memory;
    ring->line_mask = lines - 1;
    ring->capacity = lines * FR_RESPONSES_PER_LINE;
    ring->consumer_position = fr_response_consumer(ring);
    ring->producer_position = ring->consumer_position;
    ring->producer_limit = fr_add(ring->consumer_position, ring->capacity);
    for (int64_t i = 0; i < lines; i++) {
        uint8_t *line = ring->memory + FR_LINES_OFFSET + (size_t) i * FR_LINE_LENGTH_BYTES;
        int64_t stamp = (int64_t) FR_LOAD_ACQUIRE(fr_word(line, FR_LINE_STAMP_OFFSET));
        if (stamp > ring->producer_position && stamp <= ring->producer_limit
            && fr_line(ring, fr_sub(stamp, 1)) == line) {
            ring->producer_position = stamp;
        }
    }
}

/* Producer: answers that are sure to fit now. */
static inline int64_t fr_response_remaining(fr_responses *ring) {
    ring->producer_limit = fr_add(fr_response_consumer(ring), ring->capacity);
    return fr_max(0, fr_min(fr_sub(ring->producer_limit, ring->producer_position), ring->capacity));
}

/* Producer: hand an answer over; 0 if the ring is full. */
static inline int fr_response_offer(fr_responses *ring, uint32_t handle, uint32_t code) {
    int64_t position = ring->producer_position;
    if (position >= ring->producer_limit && fr_response_remaining(ring) == 0) {
        return 0;
    }
    uint8_t *line = fr_line(ring, position);
    /* Masked: a position that the file has given may be any number. */
    fr_put64(line + (uint64_t) position % FR_RESPONSES_PER_LINE * 8, (uint64_t) code << 32 | handle);
    ring->producer_position = fr_add(position, 1);
    /* Release, paired with the acquire in fr_response_poll(): the answer does not move behind the stamp. */
    FR_STORE_RELEASE(fr_word(line, FR_LINE_STAMP_OFFSET), (uint64_t) ring->producer_position);
    return 1;
}

/* Consumer: hand over what is readable. */
static inline int64_t fr_response_poll(fr_responses *ring, fr_response_handler handler, void *context, int64_t limit) {
    int64_t polled = 0;
    while (polled < limit) {
        int64_t position = ring->consumer_position;
        uint8_t *line = fr_line(ring, position);
        /* Acquire, paired with the release in fr_response_offer(): answers are read after the stamp. */
        int64_t stamp = (int64_t) FR_LOAD_ACQUIRE(fr_word(line, FR_LINE_STAMP_OFFSET));
        uint64_t place = (uint64_t) position % FR_RESPONSES_PER_LINE;
        if (stamp <= position) {
            break;
        }
        do {
            uint64_t answer = fr_get64(line + place * 8);
            position = fr_add(position, 1);
            polled++;
            place++;
            handler(context, (uint32_t) answer, (uint32_t) (answer >> 32));
        } while (polled < limit && position < stamp && place < FR_RESPONSES_PER_LINE);
        ring->consumer_position = position;
        /* Release, paired with the acquire in fr_response_consumer(). */
        FR_STORE_RELEASE(fr_word(ring->memory, FR_RESPONSE_CONSUMER_POSITION_OFFSET), (uint64_t) position);
    }
    return polled;
}

/* ------------------------------------------------------------------------------------------------------------ file */

typedef struct {
    uint8_t *memory;
    size_t length;
    int64_t capacity;
    uint32_t cuts; /* how often somebody was found to have shortened the file, see fr_survive_cut() */
} fr_file;

static inline int64_t fr_answer_lines(int64_t capacity) {
    int64_t needed = (capacity + FR_RESPONSES_PER_LINE - 1) / FR_RESPONSES_PER_LINE;
    int64_t lines = 1;
    while (lines < needed) {
        lines <<= 1;
    }
    return lines;
}

static inline size_t fr_response_ring_at(int64_t capacity) {
    return ((size_t) FR_FAULT_RING + FR_SLOTS_OFFSET + (size_t) capacity * FR_SLOT_LENGTH_BYTES + 127) & ~(size_t) 127;
}

static inline size_t fr_file_length(int64_t capacity) {
    return fr_response_ring_at(capacity) + FR_LINES_OFFSET + (size_t) fr_answer_lines(capacity) * FR_LINE_LENGTH_BYTES;
}

/* CRC-32C of a header, bit by bit: it is short. */
static inline uint32_t fr_checksum(const uint8_t *header) {
    uint32_t crc = 0xFFFFFFFFu;
    for (int i = 0; i < FR_CHECKSUM_OFFSET; i++) {
        crc ^= header[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82F63B78u : 0);
        }
    }
    return ~crc;
}

static inline void fr_write_header(uint8_t *header, int64_t capacity) {
    memset(header, 0, FR_DEVICE_BLOCK);
    fr_put64(header + FR_MAGIC_OFFSET, FR_MAGIC);
    fr_put32(header + FR_VERSION_OFFSET, FR_VERSION);
    fr_put32(header + FR_CAPACITY_OFFSET, (uint32_t) capacity);
    fr_put32(header + FR_ANSWER_LINES_OFFSET, (uint32_t) fr_answer_lines(capacity));
    fr_put32(header + FR_SLOT_LENGTH_OFFSET, FR_SLOT_LENGTH_BYTES);
    fr_put32(header + FR_FAULT_RING_OFFSET, FR_FAULT_RING);
    fr_put32(header + FR_RESPONSE_RING_OFFSET, (uint32_t) fr_response_ring_at(capacity));
    fr_put64(header + FR_FILE_LENGTH_OFFSET, fr_file_length(capacity));
    fr_put32(header + FR_CHECKSUM_OFFSET, fr_checksum(header));
    fr_put32(header + FR_STATE_OFFSET, FR_BEING_MADE);
}

static inline int fr_map(fr_file *file, int fd, int64_t capacity) {
    size_t length = fr_file_length(capacity);
    void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        return FR_CANNOT_OPEN;
    }
    file->memory = (uint8_t *) memory;
    file->length = length;
    file->capacity = capacity;
    file->cuts = 0;
    return FR_OK;
}

static inline int fr_fill(int fd, int64_t capacity) {
    uint8_t page[4096];
    memset(page, 0, sizeof page);
    fr_write_header(page, capacity);
    for (size_t left = fr_file_length(capacity); left > 0;) {
        ssize_t wrote = write(fd, page, left < sizeof page ? left : sizeof page);
        if (wrote < FR_DEVICE_BLOCK && (size_t) wrote != left) {
            return FR_CANNOT_OPEN;
        }
        left -= (size_t) wrote;
        memset(page, 0, FR_DEVICE_BLOCK);
    }
    return FR_OK;
}

/* Make a file that does not exist, all of its bytes written; capacity in slots, a power of two. */
static inline int fr_create(fr_file *file, const char *path, int64_t capacity) {
    if (capacity < 1 || capacity > FR_MAX_CAPACITY || (capacity & (capacity - 1)) != 0) {
        return FR_BAD_ARGUMENT;
    }
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return FR_CANNOT_OPEN;
    }
    int result = fr_fill(fd, capacity);
    if (result == FR_OK) {
        result = fr_map(file, fd, capacity);
    }
    close(fd);
    if (result != FR_OK) {
        unlink(path);
        return result;
    }
    /* Release, paired with the acquire in fr_attach(): who finds the file open finds it filled. */
    FR_STORE_RELEASE((uint32_t *) (void *) (file->memory + FR_STATE_OFFSET), (uint32_t) FR_OPEN);
    return FR_OK;
}

static inline int fr_check_header(int fd, int64_t *capacity) {
    uint8_t header[FR_DEVICE_BLOCK];
    uint8_t expected[FR_DEVICE_BLOCK];
    struct stat about;
    if (pread(fd, header, sizeof header, 0) != (ssize_t) sizeof header || fstat(fd, &about) != 0) {
        return FR_NO_RING_FILE;
    }
    *capacity = fr_get32(header + FR_CAPACITY_OFFSET);
    if (*capacity < 1 || *capacity > FR_MAX_CAPACITY || (*capacity & (*capacity - 1)) != 0) {
        return FR_NO_RING_FILE;
    }
    /* Every other word follows from the capacity, the checksum included. */
    fr_write_header(expected, *capacity);
    if (memcmp(header, expected, FR_STATE_OFFSET) != 0) {
        return FR_NO_RING_FILE;
    }
    uint32_t state = fr_get32(header + FR_STATE_OFFSET);
    if (state != FR_OPEN) {
        return state == FR_BEING_MADE ? FR_NOT_OPEN : FR_NO_RING_FILE;
    }
    return (uint64_t) about.st_size == fr_file_length(*capacity) ? FR_OK : FR_NO_RING_FILE;
}

/* Map a file that this or another process has made. */
static inline int fr_attach(fr_file *file, const char *path) {
    int64_t capacity = 0;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return FR_CANNOT_OPEN;
    }
    int result = fr_check_header(fd, &capacity);
    if (result == FR_OK) {
        result = fr_map(file, fd, capacity);
    }
    close(fd);
    if (result != FR_OK) {
        return result;
    }
    /* Acquire, paired with the release in fr_create(). */
    if (FR_LOAD_ACQUIRE((uint32_t *) (void *) (file->memory + FR_STATE_OFFSET)) != (uint32_t) FR_OPEN) {
        munmap(file->memory, file->length);
        file->memory = NULL;
        return FR_NOT_OPEN;
    }
    return FR_OK;
}

/*
 * For a handler of SIGBUS, with the address of the fault (si_addr): where somebody has shortened the file, what is
 * missing becomes zeroed memory of this process, the access is done there, and the heartbeats of both sides tell to
 * stop. 1 if the address was in the file, else 0: it is not ours. Signal-safe on Linux.
 */
static inline int fr_survive_cut(fr_file *file, const void *address) {
    uintptr_t begin = (uintptr_t) file->memory;
    uintptr_t at = (uintptr_t) address;
    int error = errno;
    int fd = -1;
    void *replaced = MAP_FAILED;
    if (file->memory == NULL || at < begin || at - begin >= file->length) {
        return 0;
    }
    at &= ~((uintptr_t) sysconf(_SC_PAGESIZE) - 1);
    fd = open("/dev/zero", O_RDWR | O_CLOEXEC);
    if (fd >= 0) {
        /* All from there on: a file is cut at its end. */
        replaced = mmap((void *) at, begin + file->length - at, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, 0);
        close(fd);
    }
    errno = error;
    if (replaced == MAP_FAILED) {
        return 0;
    }
    /* Release, paired with the acquire in fr_is_cut(). */
    FR_STORE_RELEASE(&file->cuts, file->cuts + 1);
    return 1;
}

/* Whether fr_survive_cut() was needed. */
static inline int fr_is_cut(const fr_file *file) { return FR_LOAD_ACQUIRE(&file->cuts) != 0; }

/* Unmap; sides are given back before. */
static inline void fr_detach(fr_file *file) {
    munmap(file->memory, file->length);
    file->memory = NULL;
}

/* ------------------------------------------------------------------------------------------------------------ side */

typedef struct {
    const fr_file *file;
    uint8_t *block;
    uint64_t mine; /* the owner word while we hold the side */
} fr_role;

static inline int64_t fr_role_get(const fr_role *role, int word) {
    return (int64_t) FR_LOAD_ACQUIRE(fr_word(role->block, (size_t) word));
}

static inline void fr_role_put(fr_role *role, int word, int64_t value) {
    /* Release: the words of a side are seen in the order they are written. */
    FR_STORE_RELEASE(fr_word(role->block, (size_t) word), (uint64_t) value);
}

static inline void fr_role_count(fr_role *role, int word, int64_t more) {
    fr_role_put(role, word, fr_add(fr_role_get(role, word), more));
}

static inline int fr_is_alive(uint8_t *block, int64_t now_nanos, int64_t stale_nanos) {
    int64_t silence = fr_sub(now_nanos, (int64_t) FR_LOAD_ACQUIRE(fr_word(block, FR_BLOCK_HEARTBEAT)));
    return (FR_LOAD_ACQUIRE(fr_word(block, FR_BLOCK_OWNER)) & 1) != 0 && silence < stale_nanos
        && silence > -stale_nanos;
}

static inline int fr_role_take(fr_role *role, const fr_file *file, int offset, int64_t now_nanos,
                               int64_t stale_nanos) {
    uint8_t *block = file->memory + offset;
    role->file = file;
    role->block = block;
    role->mine = 0;
    uint64_t owner = FR_LOAD_ACQUIRE(fr_word(block, FR_BLOCK_OWNER));
    if (stale_nanos < 1) {
        return FR_BAD_ARGUMENT;
    }
    if (fr_is_alive(block, now_nanos, stale_nanos)) {
        return FR_SIDE_HELD;
    }
    uint64_t next = (owner | 1) + 2;
    fr_role_put(role, FR_BLOCK_HEARTBEAT, now_nanos);
    if (!FR_COMPARE_AND_SET(fr_word(block, FR_BLOCK_OWNER), &owner, next)) {
        return FR_SIDE_HELD;
    }
    role->mine = next;
    return FR_OK;
}

static inline int fr_role_heartbeat(fr_role *role, int64_t now_nanos) {
    if (role->mine == 0 || FR_LOAD_ACQUIRE(fr_word(role->block, FR_BLOCK_OWNER)) != role->mine
        || fr_is_cut(role->file)) {
        return 0;
    }
    fr_role_put(role, FR_BLOCK_HEARTBEAT, now_nanos);
    return 1;
}

static inline void fr_role_leave(fr_role *role) {
    uint64_t owner = role->mine;
    if (owner != 0) {
        FR_COMPARE_AND_SET(fr_word(role->block, FR_BLOCK_OWNER), &owner, owner - 1);
        role->mine = 0;
    }
}

/* ---------------------------------------------------------------------------------------------------------- device */

/* What a device remembers of a group; the caller gives one for each slot of the ring. */
typedef struct {
    int64_t outstanding; /* position + 1 of the unanswered group that begins in the slot, else 0 */
    uint32_t cookie;
    uint32_t unused;
} fr_outstanding;

/* Called with cookie and code of each answer. */
typedef fr_response_handler fr_answer_handler;

typedef struct {
    fr_ring ring;
    fr_responses responses;
    fr_role role;
    fr_outstanding *table;
    int64_t first_position;
    int64_t next_position;
    int64_t open_slots;
    int64_t delivered;
    fr_answer_handler handler;
    void *context;
} fr_device;

/* Take the device's side; table has as many elements as file->capacity, file stays where it is meanwhile. */
static inline int fr_device_attach(fr_device *device, fr_file *file, fr_outstanding *table, int64_t now_nanos,
                                   int64_t stale_nanos) {
    int result = fr_role_take(&device->role, file, FR_DEVICE_BLOCK, now_nanos, stale_nanos);
    if (result != FR_OK) {
        return result;
    }
    fr_ring *ring = &device->ring;
    fr_ring_init(ring, file->memory + FR_FAULT_RING, file->capacity);
    fr_responses_init(&device->responses, file->memory + fr_response_ring_at(file->capacity),
                      fr_answer_lines(file->capacity));
    memset(table, 0, (size_t) file->capacity * sizeof *table);
    device->table = table;
    /* What a dead predecessor has claimed and not committed becomes padding. */
    int64_t position = fr_consumer_position(ring);
    int64_t left = fr_min(fr_sub(fr_producer_position(ring), position), ring->capacity);
    while (left > 0) {
        int64_t slots = fr_claimed_slots(ring, position);
        if (fr_stamp_at(ring, position) == fr_sub(0, fr_add(position, 1))) {
            fr_abort(ring, position, slots);
            fr_role_count(&device->role, FR_BLOCK_REPAIRED, slots);
        }
        position = fr_add(position, slots);
        left -= slots;
    }
    device->first_position = device->next_position = ring->claimed_position = fr_producer_position(ring);
    device->open_slots = 0;
    if (device->next_position < 0) { /* none that a ring can have come to */
        fr_role_leave(&device->role);
        return FR_NO_RING_FILE;
    }
    return FR_OK;
}

/* Take slots for one group; it is committed or aborted before the next claim. */
static inline int64_t fr_device_try_claim(fr_device *device, int64_t slots) {
    fr_ring *ring = &device->ring;
    if (device->open_slots != 0 || slots < 1 || slots > ring->max_claim) {
        return FR_BAD_ARGUMENT;
    }
    for (int64_t i = 0; i < slots; i++) {
        if (device->table[fr_add(device->next_position, i) & ring->mask].outstanding != 0) {
            return FR_INSUFFICIENT_CAPACITY;
        }
    }
    int64_t position = fr_try_claim(ring, slots);
    if (position < 0) {
        int64_t used = fr_sub(device->next_position, fr_consumer_position(ring));
        if (used < 0 || used > ring->capacity) {
            fr_role_count(&device->role, FR_BLOCK_REFUSED, 1);
        }
        return position;
    }
    device->open_slots = slots;
    device->next_position = fr_add(position, slots);
    return position;
}

/* Slot of the open claim, 0 is the first. */
static inline uint8_t *fr_device_slot(fr_device *device, int64_t index) {
    return fr_slot(&device->ring, fr_add(fr_sub(device->next_position, device->open_slots), index));
}

/* Make the claimed slots visible as one group; its group lengths are written here. */
static inline int fr_device_commit(fr_device *device, uint32_t cookie) {
    int64_t slots = device->open_slots;
    int64_t position = fr_sub(device->next_position, slots);
    if (slots == 0) {
        return FR_BAD_ARGUMENT;
    }
    for (int64_t i = 0; i < slots; i++) {
        fr_put32(fr_device_slot(device, i) + FR_GROUP_LENGTH_OFFSET, i == 0 ? (uint32_t) slots : 0);
    }
    fr_outstanding *entry = &device->table[position & device->ring.mask];
    entry->outstanding = fr_add(position, 1);
    entry->cookie = cookie;
    device->open_slots = 0;
    fr_commit(&device->ring, position, slots);
    return FR_OK;
}

/* Turn the claimed slots into padding. */
static inline void fr_device_abort(fr_device *device) {
    int64_t slots = device->open_slots;
    device->open_slots = 0;
    fr_abort(&device->ring, fr_sub(device->next_position, slots), slots);
}

static inline void fr_device_on_response(void *self, uint32_t handle, uint32_t code) {
    fr_device *device = (fr_device *) self;
    fr_outstanding *entry = &device->table[handle & (uint64_t) device->ring.mask];
    if (entry->outstanding == 0 || (uint32_t) fr_sub(entry->outstanding, 1) != handle) {
        int stale = (int32_t) (handle - (uint32_t) device->first_position) < 0;
        fr_role_count(&device->role, stale ? FR_BLOCK_STALE : FR_BLOCK_REFUSED, 1);
        return;
    }
    entry->outstanding = 0;
    device->delivered++;
    if (code != FR_SUCCESS && code != FR_INVALID) {
        fr_role_count(&device->role, FR_BLOCK_REFUSED, 1);
        code = FR_INVALID;
    }
    device->handler(device->context, entry->cookie, code);
}

/* Take answers; a code that no handler may give comes as FR_INVALID. */
static inline int64_t fr_device_poll(fr_device *device, fr_answer_handler handler, void *context, int64_t limit) {
    device->handler = handler;
    device->context = context;
    device->delivered = 0;
    fr_response_poll(&device->responses, fr_device_on_response, device, limit);
    return device->delivered;
}

/* Give a sign of life; 0 if another owner has taken the side, or somebody has cut the file: stop. */
static inline int fr_device_heartbeat(fr_device *device, int64_t now_nanos) {
    return fr_role_heartbeat(&device->role, now_nanos);
}

/* Whether a handler is there and gave a sign of life. */
static inline int fr_device_neighbour_alive(fr_device *device, int64_t now_nanos, int64_t stale_nanos) {
    return fr_is_alive(device->role.block - FR_DEVICE_BLOCK + FR_HANDLER_BLOCK, now_nanos, stale_nanos);
}

/* Give the side back; groups that are not answered stay. */
static inline void fr_device_close(fr_device *device) {
    if (device->open_slots != 0) {
        fr_device_abort(device);
    }
    fr_role_leave(&device->role);
}

/* --------------------------------------------------------------------------------------------------------- handler */

/* Called with each group: its first slot, its position for fr_handler_answer, and its slots. */
typedef void (*fr_group_handler)(void *context, const uint8_t *first, int64_t position, int64_t slots);

typedef struct {
    fr_ring ring;
    fr_responses responses;
    fr_role role;
    int32_t *states; /* of what begins in a slot: slots of an open group, or minus those that are done with */
    int64_t inherited_end;
    int64_t done_position;
    int64_t read_position;
    int polling;
} fr_handler;

static inline void fr_mark_answered(fr_handler *handler, int64_t position) {
    fr_put16(fr_slot(&handler->ring, position) + FR_ZERO_OFFSET, FR_ANSWERED);
}

/* Take the handler's side; states has as many elements as file->capacity, file stays where it is meanwhile. */
static inline int fr_handler_attach(fr_handler *handler, fr_file *file, int32_t *states, int64_t now_nanos,
                                    int64_t stale_nanos) {
    int result = fr_role_take(&handler->role, file, FR_HANDLER_BLOCK, now_nanos, stale_nanos);
    if (result != FR_OK) {
        return result;
    }
    fr_ring_init(&handler->ring, file->memory + FR_FAULT_RING, file->capacity);
    fr_responses_init(&handler->responses, file->memory + fr_response_ring_at(file->capacity),
                      fr_answer_lines(file->capacity));
    memset(states, 0, (size_t) file->capacity * sizeof *states);
    handler->states = states;
    handler->done_position = handler->read_position = handler->ring.consumer_position_;
    handler->inherited_end = fr_add(handler->done_position, file->capacity);
    handler->polling = 0;
    if (handler->done_position < 0) { /* none that a ring can have come to */
        fr_role_leave(&handler->role);
        return FR_NO_RING_FILE;
    }
    /* An answer that a predecessor gave without coming to mark its group is known by the place it was meant for. */
    int64_t position = fr_sub(fr_role_get(&handler->role, FR_BLOCK_ANSWERING), 1);
    if (position >= handler->done_position && position < handler->inherited_end
        && handler->responses.producer_position > fr_role_get(&handler->role, FR_BLOCK_ANSWER_AT)) {
        fr_mark_answered(handler, position);
    }
    return FR_OK;
}

/* Give the slots of what is done with back to the device. */
static inline void fr_handler_go_on(fr_handler *handler) {
    int64_t mask = handler->ring.mask;
    int64_t position = handler->done_position;
    for (int32_t slots; (slots = handler->states[position & mask]) < 0;) {
        handler->states[position & mask] = 0;
        position = fr_sub(position, slots);
    }
    handler->done_position = position;
    fr_go_on_from(&handler->ring, position);
}

static inline int fr_is_whole(fr_handler *handler, int64_t position, int64_t length) {
    if (length < 1 || fr_sub(position, handler->done_position) + length > handler->ring.capacity) {
        return 0;
    }
    for (int64_t i = 1; i < length; i++) {
        if (!fr_is_visible(&handler->ring, fr_add(position, i))) {
            return 0;
        }
    }
    return 1;
}

/* Slots of the group at a position; else minus the slots to go over. */
static inline int64_t fr_judge_group(fr_handler *handler, int64_t position) {
    int64_t length = fr_group_length(&handler->ring, position);
    if (length == FR_PADDING) {
        return -1;
    }
    if (!fr_is_whole(handler, position, length)) {
        fr_role_count(&handler->role, FR_BLOCK_REFUSED, 1);
        return -1;
    }
    if (fr_sub(position, handler->inherited_end) < 0
        && fr_get16(fr_slot(&handler->ring, position) + FR_ZERO_OFFSET) == FR_ANSWERED) {
        fr_role_count(&handler->role, FR_BLOCK_REPAIRED, 1);
        return -length;
    }
    return length;
}

/* Hand over groups that were not handed over before, at most limit. */
static inline int64_t fr_handler_poll(fr_handler *handler, fr_group_handler on_group, void *context, int64_t limit) {
    int64_t handed = 0;
    handler->polling = 1;
    for (int64_t i = 0; i < limit; i++) {
        int64_t position = handler->read_position;
        /* Never beyond the capacity, whatever the stamps say. */
        if (fr_sub(position, handler->done_position) >= handler->ring.capacity
            || !fr_is_visible(&handler->ring, position)) {
            break;
        }
        int64_t slots = fr_judge_group(handler, position);
        handler->states[position & handler->ring.mask] = (int32_t) slots;
        handler->read_position = fr_add(position, slots < 0 ? -slots : slots);
        if (slots > 0) {
            handed++;
            on_group(context, fr_slot(&handler->ring, position), position, slots);
        }
    }
    handler->polling = 0;
    fr_handler_go_on(handler);
    return handed;
}

/* Answer a group that was handed over, once: 1, 0 if the device has taken too few answers, or FR_BAD_ARGUMENT. */
static inline int fr_handler_answer(fr_handler *handler, int64_t position, uint32_t code) {
    int64_t ahead = fr_sub(position, handler->done_position);
    int32_t *state = &handler->states[position & handler->ring.mask];
    if (ahead < 0 || ahead >= fr_sub(handler->read_position, handler->done_position) || *state <= 0
        || (code != FR_SUCCESS && code != FR_INVALID)) {
        return FR_BAD_ARGUMENT;
    }
    if (fr_response_remaining(&handler->responses) == 0) {
        return 0;
    }
    /* Before the answer, where and for what it is: who comes after us finds out whether we gave it. */
    fr_role_put(&handler->role, FR_BLOCK_ANSWER_AT, handler->responses.producer_position);
    fr_role_put(&handler->role, FR_BLOCK_ANSWERING, fr_add(position, 1));
    fr_response_offer(&handler->responses, (uint32_t) position, code);
    fr_mark_answered(handler, position);
    *state = -*state;
    if (!handler->polling && ahead == 0) {
        fr_handler_go_on(handler);
    }
    return 1;
}

/* Give a sign of life; 0 if another owner has taken the side, or somebody has cut the file: stop. */
static inline int fr_handler_heartbeat(fr_handler *handler, int64_t now_nanos) {
    return fr_role_heartbeat(&handler->role, now_nanos);
}

/* Whether a device is there and gave a sign of life. */
static inline int fr_handler_neighbour_alive(fr_handler *handler, int64_t now_nanos, int64_t stale_nanos) {
    return fr_is_alive(handler->role.block - FR_HANDLER_BLOCK + FR_DEVICE_BLOCK, now_nanos, stale_nanos);
}

/* Give the side back; groups that are not answered stay for a successor. */
static inline void fr_handler_close(fr_handler *handler) { fr_role_leave(&handler->role); }

#ifdef __cplusplus
}
#endif

#endif
