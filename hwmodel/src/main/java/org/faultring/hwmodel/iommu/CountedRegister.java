/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/** A register whose accesses are counted. */
final class CountedRegister implements Register {

    private final Register register;
    private final Tally tally;

    CountedRegister(final Register register, final Tally tally) {
        this.register = register;
        this.tally = tally;
    }

    @Override
    public long read() {
        tally.increment(Counter.REGISTER_READS);
        return register.read();
    }

    @Override
    public void write(final long value) {
        tally.increment(Counter.REGISTER_WRITES);
        register.write(value);
    }
}
