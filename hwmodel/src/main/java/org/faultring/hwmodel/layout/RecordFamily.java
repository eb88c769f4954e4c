/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.layout;

import java.util.List;
import java.util.Optional;

/**
 * The kinds of records that one queue may hold, the last of them for those that are none of the others.
 *
 * <p>Immutable; any thread.
 */
public final class RecordFamily {

    private final String name;
    private final List<RecordLayout> layouts;

    /**
     * A family.
     *
     * @param name    of the queue, as the command line has it
     * @param layouts of equal length; the last one has no fixed field
     */
    public RecordFamily(final String name, final RecordLayout... layouts) {
        this.name = name;
        this.layouts = List.of(layouts);
        final RecordLayout last = layouts[layouts.length - 1];
        if (!last.fixed().isEmpty()) {
            throw new IllegalArgumentException("layout=" + last.name() + " (expected: no fixed field in the last)");
        }
        if (this.layouts.stream().anyMatch(layout -> layout.words() != last.words())) {
            throw new IllegalArgumentException("family=" + name + " (expected: layouts of " + last.words() + " words)");
        }
    }

    /**
     * Name of the queue.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Length of each record.
     *
     * @return words of 64 bits
     */
    public int words() {
        return layouts.get(0).words();
    }

    /**
     * All kinds.
     *
     * @return in the order in which they are tried
     */
    public List<RecordLayout> layouts() {
        return layouts;
    }

    /**
     * A kind by its name.
     *
     * @param layout its name
     * @return the layout, or nothing
     */
    public Optional<RecordLayout> layout(final String layout) {
        return layouts.stream().filter(l -> l.name().equals(layout)).findFirst();
    }

    /**
     * The kind of a raw record.
     *
     * @param raw words, as many as each record has; any values
     * @return the first that matches
     */
    public RecordLayout layoutOf(final long[] raw) {
        for (final RecordLayout layout : layouts) {
            if (layout.matches(raw)) {
                return layout;
            }
        }
        throw new IllegalStateException("family=" + name + " (expected: a last layout that matches anything)");
    }
}
