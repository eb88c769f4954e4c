/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents point at a test for each of their claims; the tests are there. */
class DocumentationTest {

    /** A test class, maybe behind the last part of its package, maybe before one of its methods. */
    private static final Pattern POINTER = Pattern.compile("`(?:([a-z]\\w*)\\.)?(\\w+Test)(?:\\.(\\w+))?`");

    private static Path inProject(final String path) {
        final Path inModule = Path.of("..", path);
        return Files.exists(inModule) ? inModule : Path.of(path);
    }

    @ParameterizedTest
    @CsvSource({"hardware.md, 60", "kernel.md, 150", "findings.md, 30"})
    void shouldPointAtTestsThatAreThere(final String document, final int atLeast) throws IOException {
        final List<Path> tests = new ArrayList<>();
        for (final String module : List.of("ring", "hwmodel", "bench")) {
            try (Stream<Path> files = Files.walk(inProject(module + "/src/test/java"))) {
                tests.addAll(files.filter(file -> file.toString().endsWith("Test.java")).toList());
            }
        }
        final List<MatchResult> pointers = POINTER.matcher(Files.readString(inProject("docs/" + document))).results()
                .toList();
        assertTrue(pointers.size() >= atLeast, "pointers found: " + pointers.size());
        final Set<String> broken = new TreeSet<>();
        for (final MatchResult pointer : pointers) {
            if (!isThere(tests, pointer.group(1), pointer.group(2), pointer.group(3))) {
                broken.add(pointer.group());
            }
        }
        assertEquals(Set.of(), broken);
    }

    /** What a reader pastes is what .ci/artifacts builds on the installed jars. */
    @Test
    void shouldShowTheFirstExampleAsItIsBuilt() throws IOException {
        final Path examples = inProject("docs/examples");
        assertEquals(List.of(Files.readString(examples.resolve("pom.xml"))), blocks("xml"));
        final String program = Files.readString(examples.resolve("src/main/java/TenLines.java"));
        assertEquals(List.of(program.substring(program.indexOf('\n') + 1)), blocks("java"));
    }

    private static List<String> blocks(final String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(inProject("README.md"))).results().map(block -> block.group(1)).toList();
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
