/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Whether a function wants the PASID in the answers to requests that had one. */
public enum ResponsePasid {

    /** It does: {@link PriCapability#PASID_REQUIRED} is set. */
    REQUIRED,
    /** It does not, and answers come without one. */
    OMITTED
}
