/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

/** What is asked of a completion ring. */
enum RingForm {
    READ, READ_ASYNC, READ_MULTISHOT, READ_MULTISHOT_ASYNC, POLL, POLL_MULTISHOT, POLL_THEN_READ, WRITE, WRITE_ASYNC,
    COMMIT_AND_FETCH
}
