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

    /** The group that the driver is told to answer as its reader has answered it; null if that is not next. */
    abstract MirrorGroup takeAnswer(int device, int groupIndex);

    /** The group that the driver is told to answer though its reader has not, if that may be now; else null. */
    MirrorGroup takeWithoutAnswer(final int device, final int groupIndex, final int pasid) {
        return null;
    }

    /** Whether a group is here unanswered. */
    abstract boolean holds(int device, int groupIndex);

    /** Answers that the driver has not been told. */
    abstract List<MirrorGroup> answered();

    /** Whether a group of a device is in a place. */
    abstract boolean has(int device, MirrorGroup.Place place);

    /** Whether nobody can read any more. */
    abstract boolean isClosed();
}
