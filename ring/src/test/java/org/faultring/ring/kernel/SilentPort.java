/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/** Takes every answer and forgets it. Allocates nothing. */
final class SilentPort implements PageResponsePort {

    @Override
    public int room() {
        return 1024;
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        // To nobody.
    }

    @Override
    public void submit() {
        // To nobody.
    }
}
