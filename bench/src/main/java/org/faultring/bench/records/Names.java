/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Collection;
import java.util.Comparator;

/** What to say of a name that there is not. */
final class Names {

    private Names() {}

    /**
     * The refusal of a name.
     *
     * @param what  it should have been a name of
     * @param given the name
     * @param names that there are, at least one
     * @return an exception whose message names them all, and the nearest
     */
    static IllegalArgumentException unknown(final String what, final String given, final Collection<String> names) {
        return new IllegalArgumentException(what + "=" + given + " (expected: " + String.join(", ", names)
                + "; nearest: " + nearest(given, names) + ")");
    }

    /**
     * The name that a mistyped one was most likely meant to be.
     *
     * @param given a name
     * @param names at least one
     * @return the first of those with the least edits
     */
    static String nearest(final String given, final Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(name -> edits(given, name))).orElseThrow();
    }

    /** Levenshtein's distance: insertions, deletions and replacements that lead from one to the other. */
    private static int edits(final String from, final String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            final int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                final int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
