/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/** What a function does about requests to forget translations. */
public enum InvalidationHandling {

    /** Forgets what they name, then completes them, as it must within 90 s. */
    COMPLETE,
    /** Breaks the rule: completes them first, and forgets in the duty cycle after that. */
    COMPLETE_EARLY,
    /** Never completes them: the IOMMU runs into its time limit. */
    IGNORE
}
