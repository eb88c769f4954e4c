/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.Map;

import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.ring.kernel.WakeRule;
import picocli.CommandLine.Option;

/** Options that say how a design delivers, beside its batch. Each is refused where it would do nothing. */
final class DeliveryOptions {

    private static final double MAX_WAIT_MICROS = 1e6;

    @Option(names = "--answers-per-write", paramLabel = "N",
            description = "Answers of one write at most, 1..4096. For read, busy-read, eventfd, posted-read, "
                    + "poll-then-read, multishot. Default: the batch; eventfd 1.")
    private Integer answersPerWrite;

    @Option(names = "--reads", paramLabel = "N",
            description = "Reads posted ahead by posted-read, buffers provided by multishot (a power of two), requests "
                    + "of commit-and-fetch, 1..1024. Default: 8.")
    private Integer reads;

    @Option(names = "--minimum-batch", paramLabel = "N", defaultValue = "1",
            description = "Completions to wait for once there is one, 1..reads, no longer than --longest-wait-us. For "
                    + "posted-read, multishot, commit-and-fetch. Default: ${DEFAULT-VALUE}.")
    private int minimumBatch;

    @Option(names = "--longest-wait-us", paramLabel = "US", defaultValue = "0",
            description = "With --minimum-batch: longest that a completion waits for others, microseconds, up to "
                    + "1000000.")
    private double longestWaitMicros;

    @Option(names = "--wakes", paramLabel = "RULE", defaultValue = "group",
            description = "When the kernel of the model wakes the reader: group (for each, as Linux does), empty (for "
                    + "one that finds nothing waiting before it), cycle (once for all of a duty cycle), or every so "
                    + "many groups. Not for busy-read, shared-ring and sva. Default: ${DEFAULT-VALUE}.")
    private String wakes;

    /** The settings; an {@link IllegalArgumentException} names what is wrong. */
    DeliverySettings settings() {
        if (!(longestWaitMicros >= 0 && longestWaitMicros <= MAX_WAIT_MICROS)) {
            throw new IllegalArgumentException(
                    "longestWaitUs=" + longestWaitMicros + " (expected: 0.." + MAX_WAIT_MICROS + ")");
        }
        if (minimumBatch > 1 && longestWaitMicros == 0) {
            throw new IllegalArgumentException("minimumBatch=" + minimumBatch
                    + " (expected: next to --longest-wait-us, or nothing is waited for)");
        }
        if (minimumBatch == 1 && longestWaitMicros > 0) {
            throw new IllegalArgumentException("longestWaitUs=" + longestWaitMicros
                    + " (expected: next to --minimum-batch, for the first completion waits for no other)");
        }
        return new DeliverySettings(given("answersPerWrite", answersPerWrite), given("reads", reads), minimumBatch,
                Math.round(longestWaitMicros * 1e3), WakeRule.ofKey(wakes));
    }

    /** What was not given is as usual; but nobody gives that number. */
    private static int given(final String name, final Integer value) {
        if (value == null) {
            return DeliverySettings.USUAL;
        }
        if (value == DeliverySettings.USUAL) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: 1 or more)");
        }
        return value;
    }

    /** Settings of the design, for the result; what is as usual is null. */
    static void describe(final DeliverySettings settings, final Map<String, Object> scenario) {
        scenario.put("answersPerWrite",
                settings.answersPerWrite() == DeliverySettings.USUAL ? null : settings.answersPerWrite());
        scenario.put("reads", settings.reads() == DeliverySettings.USUAL ? null : settings.reads());
        scenario.put("minimumBatch", settings.minimumBatch());
        scenario.put("longestWaitNanos", settings.longestWaitNanos());
        scenario.put("wakes", settings.wakeRule().key());
    }
}
