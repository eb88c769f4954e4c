/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/**
 * A file of which answers are held until the handler's time has passed. What is held stays in the writer's memory,
 * which the writer leaves alone until then. Several readers may share it, each with what is held of its own.
 */
public final class HeldAnswers extends ForwardingFaultFile {

    private Held current = new Held();
    private long refused;

    /**
     * In front of a file.
     *
     * @param file that takes the answers
     */
    public HeldAnswers(final FaultFile file) {
        super(file);
    }

    /** What is held of one reader. */
    static final class Held {

        private int buffer;
        private int offset;
        private int length;
    }

    /** A reader begins a duty cycle: what it writes is held here. */
    void use(final Held held) {
        current = held;
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        release(current);
        current.buffer = buffer;
        current.offset = offset;
        current.length = length;
        return length;
    }

    /** Write what is held; how many answers that were. */
    int release(final Held held) {
        final int answers = held.length / PageResponseFlyweight.LENGTH_BYTES;
        while (held.length > 0) {
            final int written = super.write(held.buffer, held.offset, held.length);
            if (written <= 0) {
                // Its attachment went away meanwhile, and the kernel has answered.
                refused++;
            }
            final int taken = Math.max(written, PageResponseFlyweight.LENGTH_BYTES);
            held.offset += taken;
            held.length -= taken;
        }
        return answers;
    }

    /**
     * Answers that the file refused.
     *
     * @return the count
     */
    public long refused() {
        return refused;
    }
}
