/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.faultring.bench.delivery.CannotRunException;

/** A ring of the usual kind between two C++ processes (usual.hpp). */
final class UsualLoad implements Load {

    private final UsualRing ring;
    private final MappedProgram program;

    UsualLoad(final UsualRing ring, final MappedProgram program) {
        this.ring = ring;
        this.program = program;
    }

    @Override
    public LoadName name() {
        return ring.loadName();
    }

    @Override
    public LoadFigures run(final int faults) throws CannotRunException, LostFaultsException {
        final EndFigures seen = program.run(ring.task(), faults, Traffic.PRODUCER_CORE, Traffic.CONSUMER_CORE);
        final long expected = faults * (faults - 1L) / 2;
        if (seen.addresses() != expected) {
            throw new LostFaultsException(name(), expected, seen.addresses());
        }
        return new LoadFigures((double) seen.nanos() / faults, 0);
    }
}
