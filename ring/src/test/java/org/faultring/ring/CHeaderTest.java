/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code faultring.h} compiles without a warning, and says what the Java classes say. */
@Timeout(5 * RingProcess.TIMEOUT_SECONDS)
class CHeaderTest {

    private static final Map<String, String> JAVA_NAMES = Map.of("RESPONSE_CONSUMER_POSITION_OFFSET",
            "CONSUMER_POSITION_OFFSET", "LINE_STAMP_OFFSET", "STAMP_OFFSET");

    @TempDir
    Path folder;

    @BeforeAll
    static void needACompiler() {
        CCompiler.found();
    }

    /** Each constant of the header in the class that has it, in the order in which the driver prints them. */
    @Test
    void shouldHaveTheConstantsOfTheJavaClasses() throws Exception {
        final Map<String, Long> inC = new TreeMap<>();
        for (final String line : CCompiler.run(List.of(CCompiler.driver().toString(), "layout")).lines().toList()) {
            final String[] words = line.split(" ");
            inC.put(words[0], Long.parseLong(words[1]));
        }
        final Map<String, Long> inJava = new TreeMap<>();
        for (int capacity = 1; capacity <= FaultRingDescriptor.MAX_CAPACITY; capacity <<= 1) {
            inJava.put("length." + capacity, (long) MappedRingDescriptor.lengthBytes(capacity));
        }
        for (final String name : inC.keySet()) {
            if (!name.startsWith("length.")) {
                inJava.put(name, constant(name));
            }
        }
        assertEquals(inJava, inC);
    }

    private static long constant(final String name) throws ReflectiveOperationException {
        final List<Class<?>> owners = name.startsWith("RESPONSE_CONSUMER") || name.startsWith("LINE")
                ? List.of(OneToOneResponseRing.class, RingMemory.class)
                : List.of(MappedRingDescriptor.class, FaultRingDescriptor.class, OneToOneResponseRing.class,
                        PageFaultFlyweight.class, PageResponseFlyweight.class, StageTimes.class);
        final String javaName = name.equals("LINE_LENGTH_BYTES") ? "CACHE_LINE_BYTES"
                : JAVA_NAMES.getOrDefault(name, name);
        for (final Class<?> owner : owners) {
            for (final Field field : owner.getDeclaredFields()) {
                if (field.getName().equals(javaName)) {
                    field.setAccessible(true);
                    return ((Number) field.get(null)).longValue();
                }
            }
        }
        throw new AssertionError("no Java constant for " + name);
    }

    @Test
    void shouldCompileAsCAndCpp() throws Exception {
        for (final String compiler : CCompiler.found()) {
            for (final Path source : List.of(CCompiler.SOURCES.resolve("device.c"),
                    CCompiler.SOURCES.resolve("handler.c"), CCompiler.DRIVER)) {
                for (final String[] language : new String[][] {{"-std=c11", "-O2"}, {"-std=c11", "-O0"},
                    {"-std=c++17", "-O2", "-xc++"}}) {
                    CCompiler.compile(compiler, source, folder.resolve("program"), language);
                }
            }
        }
    }

    @Test
    void shouldKeepTheExamplesShort() throws IOException {
        for (final String name : List.of("device.c", "handler.c")) {
            assertTrue(Files.readAllLines(CCompiler.SOURCES.resolve(name)).size() < 100, name);
        }
    }

    /** The page's first program, built by the page's command, prints what the page says. */
    @Test
    void shouldRunTheFirstExampleOfTheGuide() throws Exception {
        final String[] blocks = Files.readString(Path.of("..", "docs", "embedding.md")).split("```c?\\R");
        final Path source = Files.writeString(folder.resolve("first.c"), blocks[1]);
        for (final String compiler : CCompiler.found()) {
            final Path program = CCompiler.compile(compiler, source, folder.resolve("first"), "-std=c11", "-O2");
            assertEquals(blocks[5], CCompiler.run(List.of(program.toString())));
        }
    }

    @Test
    void shouldShowTheThreadSanitizerNoRace() throws Exception {
        final Path program = CCompiler.compile(CCompiler.found().get(0), CCompiler.DRIVER, folder.resolve("threads"),
                "-std=c11", "-O2", "-fsanitize=thread");
        assertEquals("groups 20000\n", CCompiler.run(List.of(program.toString(), "threads", "20000")));
    }

    /** The two examples, with each other. */
    @Test
    void shouldRunTheExamples() throws Exception {
        final Path ring = folder.resolve("ring");
        // Both attach to what is there: neither has to wait for the other's file.
        MappedRing.create(ring, 64);
        final List<Process> processes = new ArrayList<>();
        for (final String name : List.of("handler", "device")) {
            final Path program = CCompiler.compile(CCompiler.found().get(0), CCompiler.SOURCES.resolve(name + ".c"),
                    folder.resolve(name), "-std=c11", "-O1", "-fsanitize=address,undefined",
                    "-fno-sanitize-recover=all");
            processes.add(new ProcessBuilder(program.toString(), ring.toString(), "20000")
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start());
        }
        for (final Process process : processes) {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(RingProcess.TIMEOUT_SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), output);
            assertTrue(output.startsWith("answered 20000"), output);
        }
    }
}
