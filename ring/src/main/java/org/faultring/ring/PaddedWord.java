/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The word itself. */
abstract class PaddedWordValue extends Padded {
    long value;
}

/**
 * A 64-bit word on a line pair of its own, for one writing thread and any number of readers: a register, a status word,
 * a count. The memory order of an access is the end of its name, see {@link LittleEndian}.
 */
public final class PaddedWord extends PaddedWordValue {

    private static final VarHandle VALUE;

    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(PaddedWordValue.class, "value", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A word of 0. */
    public PaddedWord() {}

    /**
     * Called by the writer: its own last write.
     *
     * @return the value
     */
    public long get() {
        return value;
    }

    /**
     * Any thread.
     *
     * @return the value; what its writer did before the release is seen
     */
    public long getAcquire() {
        return (long) VALUE.getAcquire(this);
    }

    /**
     * Called by the writer.
     *
     * @param newValue seen together with what the writer did before
     */
    public void setRelease(final long newValue) {
        VALUE.setRelease(this, newValue);
    }
}
