/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.PageFaultFlyweight;

/** What user space does about a fault: map the page, or refuse. */
@FunctionalInterface
public interface PageFaultHandler {

    /**
     * One fault.
     *
     * @param fault view of the record, valid until the method returns
     * @return {@link org.faultring.ring.PageResponseFlyweight#SUCCESS} or
     *         {@link org.faultring.ring.PageResponseFlyweight#INVALID}; the first that is not Success decides the
     *         answer to the whole group
     */
    int onPageFault(PageFaultFlyweight fault);
}
