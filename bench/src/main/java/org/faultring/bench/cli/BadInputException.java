/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

/** An argument or an input file is bad. The message is the one sentence that the user gets to see. */
final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadInputException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /** A setting that was refused where it is kept under another name than its option's. */
    static BadInputException ofOption(final String option, final IllegalArgumentException refused) {
        final String message = String.valueOf(refused.getMessage());
        return new BadInputException(option + message.substring(Math.max(message.indexOf('='), 0)), refused);
    }

    /**
     * A setting that was refused where it is kept, in the words of the command line:
     * {@code prqOrder=9 (expected: 0..7)} becomes {@code --prq-order=9 (expected: 0..7)}.
     */
    static BadInputException ofSetting(final IllegalArgumentException refused) {
        final String message = String.valueOf(refused.getMessage());
        final int end = message.indexOf('=');
        if (end < 0) {
            return new BadInputException(message, refused);
        }
        final StringBuilder option = new StringBuilder("--");
        for (int i = 0; i < end; i++) {
            final char c = message.charAt(i);
            if (Character.isUpperCase(c)) {
                option.append('-');
            }
            option.append(Character.toLowerCase(c));
        }
        return new BadInputException(option + message.substring(end), refused);
    }
}
