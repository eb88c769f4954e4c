/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import java.util.Random;

/** Random tests that can be run again: each has a seed of its own, which is in the message when it fails. */
public final class Seeds {

    private Seeds() {}

    /** Seeds that are the same in every run. */
    public static long[] of(final long first, final int count) {
        return new Random(first).longs(count).toArray();
    }

    public static void run(final long seed, final Runnable test) {
        try {
            test.run();
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError("seed=" + seed + ": " + e, e);
        }
    }
}
