/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.ring.PageFaultFlyweight;

/**
 * One page request as it was reported, and as user space must see it again.
 *
 * @param flags       see {@link PageFaultFlyweight#flags()}
 * @param pasid       of the request
 * @param permissions see {@link PageFaultFlyweight#permissions()}
 * @param address     that missed
 */
record MirrorRecord(int flags, int pasid, int permissions, long address) {

    static MirrorRecord of(final PageFaultFlyweight fault) {
        return new MirrorRecord(fault.flags(), fault.pasid(), fault.permissions(), fault.address());
    }

    boolean isLast() {
        return (flags & PageFaultFlyweight.LAST_PAGE) != 0;
    }
}
