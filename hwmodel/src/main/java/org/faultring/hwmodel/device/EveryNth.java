/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/** Picks every n-th of what passes, none for n = 0. Hardware world. */
final class EveryNth {

    private final int n;
    private int passed;

    EveryNth(final int n) {
        this.n = n;
    }

    /** One more passes; whether it is picked. */
    boolean next() {
        if (n == 0 || ++passed < n) {
            return false;
        }
        passed = 0;
        return true;
    }
}
