/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/**
 * Keeps what lies before an object off the line of its fields: objects that were made together lie side by side,
 * although different threads use them. Extended by what a thread writes for every fault. 128 bytes, see
 * {@link RingMemory#PADDED_BYTES}; longs, so that no later field fills a gap.
 */
public abstract class Padded {

    /** Fills the gap behind the object's header, into which a subclass's int would slip. */
    int p;
    long p000, p001, p002, p003, p004, p005, p006, p007;
    long p010, p011, p012, p013, p014, p015, p016, p017;

    /** For subclasses. */
    protected Padded() {}
}
