/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "design.h"

#include <stdio.h>

static const char *const FORM_NAMES[FORMS] = {
    "read",           "poll-read",       "busy-read",            "posted-read",        "posted-read-async",
    "linked-poll-read", "multishot-read", "multishot-read-async", "multishot-poll-read",
};
static const char *const RING_NAMES[] = {"none", "default", "deferred"};

/*
 * form, ring, posted, O_NONBLOCK, answers on the ring, asleep. Which flag goes with which form: fs/anon_inodes.c gives
 * the fault fd no FMODE_NOWAIT, and io_uring/rw.c tries a read at once on an O_NONBLOCK file and with IOSQE_ASYNC.
 */
const struct design DESIGNS[] = {
    {READ, NO_RING, 0, false, false, false},
    {POLL_READ, NO_RING, 0, false, false, false},
    {BUSY_READ, NO_RING, 0, false, false, false},
    {POSTED_READ, DEFAULT_RING, 1, false, false, false},
    {POSTED_READ, DEFAULT_RING, 8, false, false, false},
    {POSTED_READ_ASYNC, DEFAULT_RING, 1, false, false, false},
    {LINKED_POLL_READ, DEFAULT_RING, 1, true, false, false},
    {MULTISHOT_READ, DEFAULT_RING, 1, false, false, false},
    {MULTISHOT_READ_ASYNC, DEFAULT_RING, 1, true, false, false},
    {MULTISHOT_POLL_READ, DEFAULT_RING, 1, true, false, false},

    {POSTED_READ, DEFERRED_RING, 1, false, false, false},
    {POSTED_READ, DEFERRED_RING, 8, false, false, false},
    {POSTED_READ_ASYNC, DEFERRED_RING, 1, false, false, false},
    {LINKED_POLL_READ, DEFERRED_RING, 1, true, false, false},
    {MULTISHOT_READ, DEFERRED_RING, 1, false, false, false},
    {MULTISHOT_READ_ASYNC, DEFERRED_RING, 1, true, false, false},
    {MULTISHOT_POLL_READ, DEFERRED_RING, 1, true, false, false},

    {READ, DEFAULT_RING, 0, true, true, false},
    {READ, DEFAULT_RING, 0, false, true, false},
    {POSTED_READ, DEFERRED_RING, 1, false, true, false},
    {LINKED_POLL_READ, DEFERRED_RING, 1, true, true, false},
    {MULTISHOT_READ_ASYNC, DEFERRED_RING, 1, true, true, false},

    {POLL_READ, NO_RING, 0, false, false, true},
    {POSTED_READ, DEFERRED_RING, 1, false, false, true},
    {POSTED_READ, DEFERRED_RING, 8, false, false, true},
    {POSTED_READ_ASYNC, DEFERRED_RING, 1, false, false, true},
    {LINKED_POLL_READ, DEFERRED_RING, 1, true, false, true},
    {MULTISHOT_READ, DEFERRED_RING, 1, false, false, true},
    {MULTISHOT_READ_ASYNC, DEFERRED_RING, 1, true, false, true},
    {MULTISHOT_POLL_READ, DEFERRED_RING, 1, true, false, true},
};
const unsigned DESIGN_COUNT = sizeof DESIGNS / sizeof *DESIGNS;

const char *design_name(const struct design *design) {
    static char name[160];
    snprintf(name, sizeof name, "form=%s ring=%s posted=%u nonblock=%d answers=%s reader=%s", FORM_NAMES[design->form],
             RING_NAMES[design->ring], design->posted, design->nonblocking, design->ring_answers ? "ring" : "write",
             design->asleep ? "asleep" : "awake");
    return name;
}
