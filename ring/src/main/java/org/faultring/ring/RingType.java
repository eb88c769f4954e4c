/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Kinds of ring that a {@link RingFile} can hold: how many threads, of all processes together, may produce. */
public enum RingType {

    /** {@link OneToOneFaultRing}. */
    ONE_TO_ONE(1),

    /** {@link ManyToOneFaultRing}. */
    MANY_TO_ONE(2);

    private static final RingType[] VALUES = values();

    private final int code;

    RingType(final int code) {
        this.code = code;
    }

    /** What the header says. */
    int code() {
        return code;
    }

    /** The type of a code, or null if there is none. */
    static RingType ofCode(final int code) {
        for (final RingType type : VALUES) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
