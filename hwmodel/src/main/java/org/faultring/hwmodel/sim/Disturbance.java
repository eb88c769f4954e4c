/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Things that go wrong on purpose. */
public enum Disturbance {

    /** A reader does nothing for a while. */
    READER_STOPS,
    /** A reader never does anything again: its file is closed, and its attachments are taken away one by one. */
    READER_DIES,
    /** An answer of a reader never arrives. */
    ANSWER_LOST,
    /** A function is reset, and forgets what is outstanding. */
    DEVICE_RESET,
    /** The driver does nothing for a while, so that the hardware's queue fills up. */
    OVERFLOW,
    /** The attachment of a PASID is taken away, and given back later. */
    DETACH,
    /** The attachment of a PASID moves to another page table. */
    REPLACE,
    /** All attachments of a device are taken away for good. */
    DEVICE_REMOVED,
    /** A PASID of a function ends, with a stop marker. */
    PASID_STOPPED;

    /** After which a path goes on as before: those that end nothing for good. */
    public static final Set<Disturbance> RECOVERABLE = Collections.unmodifiableSet(
            EnumSet.of(READER_STOPS, ANSWER_LOST, DEVICE_RESET, OVERFLOW, DETACH, REPLACE));
}
