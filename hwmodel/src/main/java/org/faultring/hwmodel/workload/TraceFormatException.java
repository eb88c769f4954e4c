/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.io.IOException;

/**
 * A recording cannot be used: a line is not a page fault, the compressed data is damaged, or there is nothing in it.
 *
 * <p>The message is one sentence that names the input and, where a line is at fault, its number, what was expected
 * there, and at most 80 characters of what was found, with everything but printable ASCII escaped. It can be shown to
 * a user as it is.
 */
public final class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Line number, counted from 1; 0 when no single line is at fault. */
    private final long lineNumber;

    TraceFormatException(String message, long lineNumber, Throwable cause) {
        super(message, cause);
        this.lineNumber = lineNumber;
    }

    /**
     * Where the recording stopped making sense.
     *
     * @return number of the line in the uncompressed text, counted from 1, or 0 when no single line is at fault.
     */
    public long lineNumber() {
        return lineNumber;
    }
}
