/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Status of the completion of a translation request: three bits of its header. */
public enum CompletionStatus {

    /** Translations follow, see {@link TranslationCompletionEntry}. */
    SUCCESS(0),
    /** ATS is off or not allowed here: the function stops using it. */
    UNSUPPORTED_REQUEST(1),
    /** The translation itself met an error. */
    COMPLETER_ABORT(4);

    private final int code;

    CompletionStatus(final int code) {
        this.code = code;
    }

    /**
     * The three bits.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    /**
     * What a code means to the function that asked.
     *
     * @param code 0..7
     * @return the status; a reserved code counts as Unsupported Request
     */
    public static CompletionStatus of(final int code) {
        return switch (code) {
            case 0 -> SUCCESS;
            case 4 -> COMPLETER_ABORT;
            default -> UNSUPPORTED_REQUEST;
        };
    }
}
