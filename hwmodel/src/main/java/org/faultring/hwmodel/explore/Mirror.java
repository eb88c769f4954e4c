/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.List;

/** What a fault object of either kind holds, kept in the plainest way. */
abstract class Mirror {

    abstract void arrive(MirrorGroup group);

    /** Groups of an attachment that are not answered. */
    abstract List<MirrorGroup> ofAttachment(int attachment);

    /**
     * Answers to a device under an index that may be next, those of the reader before those given without it. A device
     * may have an index twice: what it had before a reset, and what a stop marker was taken for.
     */
    abstract List<DueAnswer> due(int device, int groupIndex);

    /** Whether a group is here unanswered. */
    abstract boolean holds(int device, int groupIndex);

    /** Answers that the driver has not been told. */
    abstract List<MirrorGroup> answered();

    /** Whether nothing waits for the reader, so that there is room. */
    abstract boolean isEmpty();

    /** Groups that a reader which serves everything has left. */
    abstract List<MirrorGroup> unserved();

    /** Whether a group of a device is in a place. */
    abstract boolean has(int device, MirrorGroup.Place place);

    /** Whether nobody can read any more. */
    abstract boolean isClosed();
}
