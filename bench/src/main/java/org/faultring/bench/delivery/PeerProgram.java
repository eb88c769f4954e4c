/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.IOException;
import java.util.List;

/** The clients of {@link PeerFile} in C. */
public final class PeerProgram implements AutoCloseable {

    private static final List<String> COMPILER = List.of("gcc", "-std=gnu11", "-O2", "-pthread");

    private final CompiledProgram program;

    /**
     * Compile it.
     *
     * @throws CannotRunException if that is not possible here
     * @throws IOException        if the folder cannot be written
     */
    public PeerProgram() throws CannotRunException, IOException {
        program = new CompiledProgram(COMPILER, PeerProgram.class, List.of("peer.c"));
    }

    /**
     * Run it once.
     *
     * @param what     label of a {@link PeerFile}, or {@code getppid}
     * @param inFlight faults that are out at a time
     * @param count    of faults, or calls
     * @return host ns per fault, or call
     * @throws CannotRunException if it fails
     */
    public double nanos(final String what, final int inFlight, final int count) throws CannotRunException {
        final String printed = program.run(List.of(what, Integer.toString(inFlight), Integer.toString(count)));
        try {
            return Double.parseDouble(printed);
        } catch (final NumberFormatException e) {
            throw new CannotRunException("the C client printed \"" + printed + "\".");
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
