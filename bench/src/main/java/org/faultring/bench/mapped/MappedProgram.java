/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.delivery.CompiledProgram;

/** The ends in C, and the rings of the usual kind. */
public final class MappedProgram implements AutoCloseable {

    private static final List<String> COMPILER = List.of("g++", "-std=c++17", "-O2");
    private static final List<String> SOURCES = List.of("mapped.cpp", "usual.hpp", "faultring.h");

    private final CompiledProgram program;

    /**
     * Compile it.
     *
     * @throws CannotRunException if that is not possible here
     * @throws IOException        if the folder cannot be written
     */
    public MappedProgram() throws CannotRunException, IOException {
        program = new CompiledProgram(COMPILER, MappedProgram.class, SOURCES);
    }

    /** Run a task; the program ends by itself where the other end does not go on. */
    EndFigures run(final String task, final Object... arguments) throws CannotRunException {
        final String printed = program.run(
                Stream.concat(Stream.of(task), Arrays.stream(arguments).map(String::valueOf)).toList());
        try {
            final String[] words = printed.split(" ");
            return new EndFigures(Long.parseLong(words[0]), Long.parseLong(words[1]), 0);
        } catch (final NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new CannotRunException("the C program printed \"" + printed + "\".");
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
