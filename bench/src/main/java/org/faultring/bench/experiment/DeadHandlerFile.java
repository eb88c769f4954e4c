/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.FaultFile;

/** The file of a handler that hangs between its reads and its answers, which it can write later, when it comes back. */
final class DeadHandlerFile extends TakenAnswers {

    private final List<Long> kept = new ArrayList<>();

    DeadHandlerFile(final FaultFile file) {
        super(file);
    }

    @Override
    void take(final long answer) {
        kept.add(answer);
    }

    /** The handler comes back and writes what it owes; how many of its answers are refused. */
    int comeBack() {
        int refused = 0;
        for (final long answer : kept) {
            refused += giveOn(answer) ? 0 : 1;
        }
        kept.clear();
        return refused;
    }
}
