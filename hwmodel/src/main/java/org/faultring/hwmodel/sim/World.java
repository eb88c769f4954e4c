/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

/** Who pays for a duty cycle. */
public enum World {

    /** Devices and the IOMMU. */
    HARDWARE,
    /** Driver, fault layer, answers on their way to the driver. */
    KERNEL,
    /** Whoever handles faults. */
    USER
}
