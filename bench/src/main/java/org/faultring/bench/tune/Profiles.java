/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import org.faultring.bench.sim.ProfileFile;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;

/** Cost profiles by their name. */
public final class Profiles {

    /**
     * Prices of the size that such things have, of no machine: no one has measured an interrupt, a register and a
     * wake-up of one machine together. A result under it says how it moves with each price.
     */
    public static final CostProfile EXAMPLE = example();

    private Profiles() {}

    private static CostProfile example() {
        final Map<Cost, Integer> nanos = new EnumMap<>(Cost.class);
        nanos.put(Cost.HARDWARE_CYCLE, 20);
        nanos.put(Cost.HARDWARE_WORK, 10);
        nanos.put(Cost.REQUEST, 50);
        nanos.put(Cost.KERNEL_CYCLE, 50);
        nanos.put(Cost.KERNEL_WORK, 40);
        nanos.put(Cost.INTERRUPT, 1500);
        nanos.put(Cost.DRAIN_PASS, 100);
        nanos.put(Cost.REGISTER_READ, 500);
        nanos.put(Cost.REGISTER_WRITE, 100);
        nanos.put(Cost.GROUP, 300);
        nanos.put(Cost.COMMAND, 50);
        nanos.put(Cost.SUBMISSION, 200);
        nanos.put(Cost.USER_CYCLE, 20);
        nanos.put(Cost.READ, 300);
        nanos.put(Cost.WRITE, 300);
        nanos.put(Cost.EVENT_READ, 150);
        nanos.put(Cost.ENTER, 300);
        nanos.put(Cost.RETRY, 100);
        nanos.put(Cost.HOP, 2000);
        nanos.put(Cost.COPY, 20);
        nanos.put(Cost.FAULT, 1000);
        nanos.put(Cost.SLEEP, 500);
        nanos.put(Cost.WAKE, 3000);
        final Map<String, Integer> byKey = new HashMap<>();
        nanos.forEach((cost, price) -> byKey.put(cost.key(), price));
        return CostProfile.of("example", byKey);
    }

    /**
     * A profile by its name.
     *
     * @param name example, unit, or a file as ProfileFile reads it
     * @return the profile
     * @throws IllegalArgumentException if it is none of these
     */
    public static CostProfile load(final String name) {
        switch (name) {
            case "example":
                return EXAMPLE;
            case "unit":
                return CostProfile.UNIT;
            default:
                if (Files.notExists(Path.of(name))) {
                    throw new IllegalArgumentException("profile=" + name + " (expected: example, unit, or a file)");
                }
                try {
                    return ProfileFile.read(Path.of(name));
                } catch (final IOException e) {
                    throw new IllegalArgumentException("profile=" + name + " (expected: a profile in JSON)", e);
                }
        }
    }
}
