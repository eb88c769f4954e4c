/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

/** Text of others, fit for a message of ours. */
final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /**
     * The beginning of a text.
     *
     * @param text any
     * @return one line without control characters, 60 characters at most and then an ellipsis
     */
    static String of(final String text) {
        final String plain = text.strip().replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
