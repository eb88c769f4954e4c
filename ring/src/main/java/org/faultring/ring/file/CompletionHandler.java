/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/** Takes the completions of an {@link IoRing}. */
@FunctionalInterface
public interface CompletionHandler {

    /**
     * One completion.
     *
     * @param userData as given when the request was prepared
     * @param result   bytes, poll bits, or a negated error number, as the system call would return
     * @param flags    {@link IoRing#MORE} and {@link IoRing#HAS_BUFFER}, with the buffer's number above
     *                 {@link IoRing#BUFFER_SHIFT}
     */
    void onCompletion(long userData, int result, int flags);
}
