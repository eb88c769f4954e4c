/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.List;

/**
 * Makes the calls of random histories on the model and on the running kernel and prints where their results differ.
 * Arguments: first seed, number of seeds, calls in each history. Exits with 0 if nothing differs.
 */
public final class CallHistoryRun {

    /** Lines printed before one that differs. */
    private static final int CONTEXT = 60;

    private CallHistoryRun() {}

    /** See the class. */
    public static void main(final String[] args) {
        final long first = Long.parseLong(args[0]);
        final long seeds = Long.parseLong(args[1]);
        final int calls = Integer.parseInt(args[2]);
        int different = 0;
        long lines = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            final List<String> model = run(seed, calls, Implementation.MODEL);
            final List<String> linux = run(seed, calls, Implementation.LINUX);
            lines += linux.size();
            if (!model.equals(linux)) {
                different++;
                show(seed, model, linux);
            }
        }
        System.out.println("histories: " + seeds + " seeds from " + first + ", " + lines + " lines, " + different
                + " differ");
        System.exit(different == 0 ? 0 : 1);
    }

    private static List<String> run(final long seed, final int calls, final Implementation on) {
        try (Subject subject = on.open()) {
            return new CallHistory(seed, subject).run(calls);
        }
    }

    private static void show(final long seed, final List<String> model, final List<String> linux) {
        int line = 0;
        while (line < Math.min(model.size(), linux.size()) && model.get(line).equals(linux.get(line))) {
            line++;
        }
        System.out.println("seed " + seed);
        model.subList(Math.max(0, line - CONTEXT), line).forEach(System.out::println);
        System.out.println("model: " + (line < model.size() ? model.get(line) : "end"));
        System.out.println("linux: " + (line < linux.size() ? linux.get(line) : "end"));
    }
}
