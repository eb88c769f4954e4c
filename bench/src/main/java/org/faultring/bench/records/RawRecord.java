/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Arrays;
import java.util.List;

/**
 * A record as it was read.
 *
 * @param words  of 64 bits, as many as each record of its family has
 * @param source what it was read from: {@code words}, {@code bytes}, {@code fields}, or the name of a kernel's format
 * @param notes  what a reader must know of words that were not all there
 */
public record RawRecord(long[] words, String source, List<String> notes) {

    /** What hex words are called as a source. */
    static final String WORDS = "words";
    /** What a memory dump is called as a source. */
    static final String BYTES = "bytes";
    /** What named fields are called as a source. */
    static final String FIELDS = "fields";

    /** Takes copies. */
    public RawRecord {
        words = words.clone();
        notes = List.copyOf(notes);
    }

    /**
     * A copy.
     *
     * @return the words
     */
    @Override
    public long[] words() {
        return words.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof final RawRecord that && Arrays.equals(words, that.words) && source.equals(that.source)
                && notes.equals(that.notes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
