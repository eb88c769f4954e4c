/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

/**
 * An answer that the driver may be told next.
 *
 * @param group that it ends
 * @param code  that the driver must be told
 * @param rule  that another code breaks
 * @param told  takes it out of the mirror that it came from
 */
record DueAnswer(MirrorGroup group, int code, Invariant rule, Runnable told) {

    boolean is(final int pasid, final int toldCode) {
        return group.last().pasid() == pasid && code == toldCode;
    }
}
