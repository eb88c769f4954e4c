/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where the two sides of a delivery run. Each of the three turns the order of designs over. */
public enum Cores {

    /** Both on one core: they take turns. */
    SAME("same"),
    /** Two cores that spinners of the lowest priority keep from falling asleep. */
    AWAKE("awake"),
    /** Two cores that fall asleep when nothing runs on them. */
    IDLE("idle");

    private final String key;

    Cores(final String key) {
        this.key = key;
    }

    /**
     * Name for commands and results.
     *
     * @return one word
     */
    public String key() {
        return key;
    }

    /**
     * Cores of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the cores
     * @throws IllegalArgumentException if there are none of that name
     */
    public static Cores ofKey(final String key) {
        return Arrays.stream(values()).filter(cores -> cores.key.equals(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("placement=" + key + " (expected: "
                        + Arrays.stream(values()).map(Cores::key).collect(Collectors.joining(", ")) + ")"));
    }
}
