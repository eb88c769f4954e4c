/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.DrawnTime;

/**
 * A {@link CostProfile} in a file: a JSON object with the {@code name} of the profile and its {@code nanos}, a price in
 * virtual ns for each {@link Cost}: a whole number, or a law as {@link PriceLaw} reads it. Other members say where the
 * figures come from, and are left alone.
 */
public final class ProfileFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileFile() {}

    /**
     * Read a profile.
     *
     * @param file to read
     * @return the profile
     * @throws IOException              if it cannot be read, or is not JSON
     * @throws IllegalArgumentException if a price is missing, unknown or out of range
     */
    public static CostProfile read(final Path file) throws IOException {
        final JsonNode root = JSON.readTree(file.toFile());
        final Map<String, Long> prices = new TreeMap<>();
        final Map<Cost, DrawnTime> drawn = new EnumMap<>(Cost.class);
        for (final Map.Entry<String, JsonNode> price : root.path("nanos").properties()) {
            if (price.getValue().isObject()) {
                final DrawnTime law = PriceLaw.of(price.getKey(), price.getValue());
                drawn.put(Cost.ofKey(price.getKey()), law);
                prices.put(price.getKey(), Math.round(law.meanNanos()));
                continue;
            }
            if (!price.getValue().isIntegralNumber()) {
                throw new IllegalArgumentException(
                        price.getKey() + "=" + price.getValue() + " (expected: whole ns, or a law)");
            }
            prices.put(price.getKey(), price.getValue().longValue());
        }
        CostProfile profile = CostProfile.of(root.path("name").asText(), prices);
        for (final Map.Entry<Cost, DrawnTime> each : drawn.entrySet()) {
            profile = profile.with(each.getKey(), each.getValue());
        }
        return profile;
    }
}
