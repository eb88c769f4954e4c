/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Called by a {@link OneToOneResponseRing} with each answer it hands over. */
@FunctionalInterface
public interface PageResponseHandler {

    /**
     * One answer.
     *
     * @param handle of the group, as the producer gave it
     * @param code   as the producer gave it
     */
    void onResponse(int handle, int code);
}
