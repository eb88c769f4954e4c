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
     * Start a client.
     *
     * @param what     label of a {@link PeerFile}, or {@link PeerComparison#CALL}
     * @param inFlight faults that are out at a time
     * @return a client that waits for orders, to be closed
     * @throws CannotRunException if it cannot be started
     */
    PeerProcess start(final String what, final int inFlight) throws CannotRunException {
        return new PeerProcess(program.begin(List.of(what, Integer.toString(inFlight))));
    }

    /**
     * Keep both cores of a comparison from sleeping: a process that is neither of the two compared.
     *
     * @return it, to be closed
     * @throws CannotRunException if it cannot be started
     */
    PeerProcess keepAwake() throws CannotRunException {
        return start("awake", 1);
    }

    @Override
    public void close() {
        program.close();
    }
}
