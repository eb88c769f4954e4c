/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

/** A cell cannot be measured on this machine; the message is one sentence that says why and what to do. */
public final class CannotRunException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A reason.
     *
     * @param sentence for people
     */
    public CannotRunException(final String sentence) {
        super(sentence);
    }
}
