/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

/** Which level of translation failed; it decides to whom a fault goes. */
public enum FaultLevel {

    /** None: the request was refused before any translation (device or context entry, malformed request). */
    CONFIGURATION,
    /** First level or stage 1: the tables of whoever owns the address space, a process or a guest. */
    FIRST,
    /** Second level or stage 2: the tables of whoever owns the guest's memory, the host. */
    SECOND
}
