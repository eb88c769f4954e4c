/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

/**
 * What the client has counted for one design at one batch, in one pass.
 *
 * @param rounds       measured; in each, {@code batch} faults are raised in a row, received and answered
 * @param instructions of all rounds, from end to end
 * @param yields       calls of sched_yield in them
 * @param arrive       median instructions of a round until its faults have been received: posting, yielding, raising,
 *                         receiving; of a sleeping reader the whole round
 * @param trigger      median instructions of raising the faults of a round
 * @param answer       median instructions of answering them
 * @param empty        reads and completions that brought nothing
 * @param completions  of the ring
 */
record Cell(long rounds, long instructions, long yields, long arrive, long trigger, long answer, long empty,
        long completions) {

    static Cell of(final LineFields fields) {
        final Cell cell = new Cell(fields.count("rounds"), fields.count("instructions"), fields.count("yields"),
                fields.count("arrive"), fields.count("trigger"), fields.count("answer"), fields.count("empty"),
                fields.count("completions"));
        if (cell.rounds == 0) {
            throw new IllegalArgumentException("rounds=0 (expected: at least 1)");
        }
        return cell;
    }
}
