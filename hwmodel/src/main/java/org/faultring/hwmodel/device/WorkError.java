/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/** Why a fault failed. */
public enum WorkError {

    /** The answer was Invalid Request: at least one page of the group is not accessible. */
    INVALID_REQUEST,
    /** The answer was Response Failure or a reserved code, to this group or while it waited to be asked for again. */
    RESPONSE_FAILURE,
    /** The function, or its page request interface, was reset. */
    RESET,
    /** The page is still missing, and its PASID was stopped. */
    PASID_STOPPED,
    /** The group is longer than the requests that the function may have in flight by now. */
    NO_CREDIT,
    /** The IOMMU lets the function translate nothing. */
    TRANSLATION_REFUSED,
    /** The translation of the page met an error. */
    TRANSLATION_ABORTED
}
