/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far long work is: a bar on a terminal, a plain line every few seconds elsewhere. Writes to standard error. */
public interface ProgressLine extends AutoCloseable {

    /**
     * Progress for where standard error goes.
     *
     * @param task       what is being done, a word or two
     * @param out        standard error
     * @param isTerminal whether somebody watches it on a terminal
     * @return a bar or plain lines
     */
    static ProgressLine of(final String task, final PrintStream out, final boolean isTerminal) {
        return isTerminal ? new Bar(task, out) : new Lines(task, out);
    }

    /**
     * How far it is.
     *
     * @param done     of the whole, 0..1
     * @param answered faults answered so far
     */
    default void at(final double done, final long answered) {
        at(done, String.format(Locale.ROOT, "%,d faults answered", answered));
    }

    /**
     * How far it is.
     *
     * @param done of the whole, 0..1
     * @param what is being done, or was reached, a few words
     */
    void at(double done, String what);

    @Override
    void close();

    /** For a terminal. */
    final class Bar implements ProgressLine {

        private static final int WHOLE = 1000;

        private final ProgressBar bar;

        Bar(final String task, final PrintStream out) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(WHOLE).setUnit(" %", WHOLE / 100)
                    .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(100).clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(out)).build();
        }

        @Override
        public void at(final double done, final String what) {
            bar.stepTo((long) (done * WHOLE));
            bar.setExtraMessage(what);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** For a file or a pipe. */
    final class Lines implements ProgressLine {

        private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

        private final String task;
        private final PrintStream out;
        private long lastNanos = System.nanoTime();

        Lines(final String task, final PrintStream out) {
            this.task = task;
            this.out = out;
        }

        @Override
        public void at(final double done, final String what) {
            final long now = System.nanoTime();
            if (now - lastNanos >= INTERVAL_NANOS) {
                lastNanos = now;
                out.printf(Locale.ROOT, "%s: %.0f %%, %s%n", task, done * 100, what);
            }
        }

        @Override
        public void close() {
            // The result that follows says that the work has ended.
        }
    }
}
