/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Where the Javadoc of a type is, by the name that prose gives it. */
final class ApiIndex {

    /** What javadoc's own search looks through: a JavaScript variable and JSON. */
    private static final String FILE = "type-search-index.js";

    private final Map<String, String> files = new TreeMap<>();

    private ApiIndex() {}

    /**
     * Read the index of a run of javadoc.
     *
     * @param api folder of the run
     * @return the index, without names that several packages have
     * @throws IOException if there is none
     */
    static ApiIndex read(final Path api) throws IOException {
        final String script = Files.readString(api.resolve(FILE));
        final JsonNode types = new ObjectMapper()
                .readTree(script.substring(script.indexOf('['), script.lastIndexOf(']') + 1));
        final ApiIndex index = new ApiIndex();
        final Set<String> taken = new HashSet<>();
        for (final JsonNode type : types) {
            final String name = type.path("l").asText();
            if (!type.has("p")) {
                continue; // a page of all types
            }
            if (taken.add(name)) {
                index.files.put(name, type.path("p").asText().replace('.', '/') + "/" + name + ".html");
            } else {
                index.files.remove(name);
            }
        }
        return index;
    }

    /** File of a type, or of the type of a member, {@code Type.member}; null if none is meant. */
    String fileOf(final String code) {
        final String file = files.get(code);
        final int dot = code.indexOf('.');
        return file == null && dot > 0 ? files.get(code.substring(0, dot)) : file;
    }

    int size() {
        return files.size();
    }
}
