/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Upstream: where functions say that translations are forgotten. Hardware world. */
public interface InvalidateCompletionPort {

    /**
     * An invalidate completion arrives.
     *
     * @param requesterId of the function
     * @param message     see {@link InvalidateCompletionMessage}
     */
    void invalidateCompletion(int requesterId, long message);

    /**
     * The function does not support the request, because its ATS is off. An invalidate request is posted, so there is
     * no completion that could say so: this stands for the error message that the root complex sees instead.
     *
     * @param requesterId of the function
     * @param tag         of the request, which will never be completed
     */
    void invalidateUnsupported(int requesterId, int tag);
}
