/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/**
 * A file of which answers are held until the handler's time has passed. What is held stays in the writer's memory, which
 * the writer leaves alone until then. One reader.
 */
public final class HeldAnswers extends ForwardingFaultFile {

    private int heldBuffer;
    private int heldOffset;
    private int heldLength;
    private long refused;

    /**
     * In front of a file.
     *
     * @param file that takes the answers
     */
    public HeldAnswers(final FaultFile file) {
        super(file);
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        release();
        heldBuffer = buffer;
        heldOffset = offset;
        heldLength = length;
        return length;
    }

    /**
     * Write what is held.
     *
     * @return answers that were held
     */
    int release() {
        final int answers = heldLength / PageResponseFlyweight.LENGTH_BYTES;
        while (heldLength > 0) {
            final int written = super.write(heldBuffer, heldOffset, heldLength);
            if (written <= 0) {
                // Its attachment went away meanwhile, and the kernel has answered.
                refused++;
            }
            final int taken = Math.max(written, PageResponseFlyweight.LENGTH_BYTES);
            heldOffset += taken;
            heldLength -= taken;
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
