/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A step of a script.
 *
 * @param kind  what is done
 * @param count how often, or of how many
 */
record RingStep(Kind kind, int count) {

    /** What can be done. */
    enum Kind {
        /** Requests of the script's form are posted. */
        POST,
        /** Faults arrive, each a group. */
        RAISE,
        /** A system call reads, as another reader of the file would. */
        READ,
        /** A system call answers what has been read. */
        ANSWER,
        /** A request under way is taken back. */
        CANCEL
    }

    private static final int LENGTH = 40;

    /** One request, then eight; one fault, then five; before the request and after it; other readers; an end. */
    static List<RingStep> usual() {
        return List.of(post(1), raise(1), post(8), raise(1), raise(1), raise(5), answer(3), post(1), raise(2), read(1),
                read(64), raise(1), post(8), post(8), answer(64), post(1), raise(1), cancel(), cancel(), raise(1),
                read(64), answer(64), post(1));
    }

    /** The same for a seed. */
    static List<RingStep> random(final Random random) {
        final List<RingStep> steps = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            steps.add(switch (random.nextInt(10)) {
                case 0, 1, 2 -> post(1 + random.nextInt(random.nextBoolean() ? 1 : 8));
                case 3, 4, 5 -> raise(1 + random.nextInt(random.nextBoolean() ? 1 : 6));
                case 6 -> read(1 + random.nextInt(8));
                case 7, 8 -> answer(1 + random.nextInt(8));
                default -> cancel();
            });
        }
        return steps;
    }

    private static RingStep post(final int count) {
        return new RingStep(Kind.POST, count);
    }

    private static RingStep raise(final int count) {
        return new RingStep(Kind.RAISE, count);
    }

    private static RingStep read(final int count) {
        return new RingStep(Kind.READ, count);
    }

    private static RingStep answer(final int count) {
        return new RingStep(Kind.ANSWER, count);
    }

    private static RingStep cancel() {
        return new RingStep(Kind.CANCEL, 1);
    }
}
