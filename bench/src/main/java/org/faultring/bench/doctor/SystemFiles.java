/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the kernel tells about itself under {@code /proc} and {@code /sys}.
 *
 * @param root of both, {@code /} on a real machine
 */
public record SystemFiles(Path root) {

    /**
     * The running kernel's.
     *
     * @return its files
     */
    public static SystemFiles ofThisMachine() {
        return new SystemFiles(Path.of("/"));
    }

    /**
     * A file of one value.
     *
     * @param path from the root, without a leading slash
     * @return its text without white space around it; nothing if it cannot be read
     */
    Optional<String> value(final String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path)).strip());
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    /** A file's lines, none if it cannot be read. */
    List<String> lines(final String path) {
        return value(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** The text of each file of a folder, by name; none if there is no such folder. */
    TreeMap<String, String> valuesIn(final String folder) {
        final TreeMap<String, String> values = new TreeMap<>();
        for (final String name : namesIn(folder, "*")) {
            value(folder + "/" + name).ifPresent(text -> values.put(name, text));
        }
        return values;
    }

    /** Names in a folder that fit a pattern; none if there is no such folder. */
    List<String> namesIn(final String folder, final String glob) {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(root.resolve(folder), glob)) {
            paths.forEach(path -> names.add(path.getFileName().toString()));
        } catch (final IOException e) {
            return List.of();
        }
        return names;
    }

    boolean exists(final String path) {
        return Files.exists(root.resolve(path));
    }
}
