/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

/** Nothing can be counted here. The message is one sentence that says what to do about it. */
public final class CannotCountException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A reason.
     *
     * @param message one sentence
     */
    public CannotCountException(final String message) {
        super(message);
    }
}
