/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import com.fasterxml.jackson.annotation.JsonValue;

/** When a ring works off what has completed. */
public enum RingMode {

    /** There is no ring. */
    NONE,
    /** On the way out of any system call, and in interrupts of user code. */
    DEFAULT,
    /** Only when the program asks for completions ({@code IORING_SETUP_DEFER_TASKRUN}). */
    DEFERRED;

    /**
     * For lines and JSON.
     *
     * @return for example {@code deferred}
     */
    @JsonValue
    public String id() {
        return Form.idOf(this);
    }
}
