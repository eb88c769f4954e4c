/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.faultring.ring.OneToOneFaultRing;

/** The producer of a ring file. */
final class ProducingEnd extends JavaEnd {

    private final OneToOneFaultRing ring;
    private final int faults;
    private int raised;

    ProducingEnd(final OneToOneFaultRing ring, final int faults, final int core) {
        super(core);
        this.ring = ring;
        this.faults = faults;
    }

    @Override
    boolean isDone() {
        return raised == faults;
    }

    @Override
    boolean step() {
        final int before = raised;
        final int end = Math.min(faults, before + LIMIT);
        // A local, told after the stretch: a store to a line of one's own between two slots delays the second one.
        int next = before;
        while (next < end) {
            final long position = ring.tryClaim(1);
            if (position < 0) {
                break;
            }
            RaisingEnd.fill(ring.buffer(), ring.slotOffset(position), next);
            ring.commit(position, 1);
            next++;
        }
        raised = next;
        return next != before;
    }
}
