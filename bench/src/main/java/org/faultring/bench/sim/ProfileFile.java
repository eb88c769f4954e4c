/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.hwmodel.sim.CostProfile;

/**
 * A {@link CostProfile} in a file: a JSON object with the {@code name} of the profile and its {@code nanos}, a price in
 * virtual ns for each {@link org.faultring.hwmodel.sim.Cost}. Other members say where the figures come from, and are
 * left alone.
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
        for (final Map.Entry<String, JsonNode> price : root.path("nanos").properties()) {
            if (!price.getValue().isIntegralNumber()) {
                throw new IllegalArgumentException(price.getKey() + "=" + price.getValue() + " (expected: whole ns)");
            }
            prices.put(price.getKey(), price.getValue().longValue());
        }
        return CostProfile.of(root.path("name").asText(), prices);
    }
}
