/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.kernel.InvalidationPort;

/** An object that keeps copies of what a guest has in memory. */
interface Invalidated {

    /** Its driver's way of throwing copies away. */
    InvalidationPort invalidation();
}
