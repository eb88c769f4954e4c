/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** docs/hardware.md points at a test for each of its claims; the tests are there. */
class HardwareDocumentationTest {

    /** A test class, maybe behind the last part of its package, maybe before one of its methods. */
    private static final Pattern POINTER = Pattern.compile("`(?:([a-z]\\w*)\\.)?(\\w+Test)(?:\\.(\\w+))?`");

    private static Path inProject(final String path) {
        final Path inModule = Path.of("..", path);
        return Files.exists(inModule) ? inModule : Path.of(path);
    }

    @Test
    void shouldPointAtTestsThatAreThere() throws IOException {
        final List<Path> tests;
        try (Stream<Path> files = Files.walk(inProject("hwmodel/src/test/java"))) {
            tests = files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
        final List<MatchResult> pointers = POINTER.matcher(Files.readString(inProject("docs/hardware.md"))).results()
                .toList();
        assertTrue(pointers.size() > 60, "pointers found: " + pointers.size());
        final Set<String> broken = new TreeSet<>();
        for (final MatchResult pointer : pointers) {
            if (!isThere(tests, pointer.group(1), pointer.group(2), pointer.group(3))) {
                broken.add(pointer.group());
            }
        }
        assertEquals(Set.of(), broken);
    }

    private static boolean isThere(final List<Path> tests, final String room, final String name, final String method)
            throws IOException {
        for (final Path file : tests) {
            if (file.getFileName().toString().equals(name + ".java")
                    && (room == null || file.getParent().getFileName().toString().equals(room))
                    && (method == null || Files.readString(file).contains("void " + method + "("))) {
                return true;
            }
        }
        return false;
    }
}
