/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

/** Something with a number that a program can use and destroy: {@code struct iommufd_object}. */
abstract class KernelObject {

    private int number;
    private int users;

    /** Its number, 0 as long as it has none. */
    final int number() {
        return number;
    }

    final void number(final int newNumber) {
        number = newNumber;
    }

    /** Somebody else needs this: it cannot be destroyed. */
    final void use() {
        users++;
    }

    final void unuse() {
        users--;
    }

    final boolean isUsed() {
        return users > 0;
    }

    /** Called once, when nobody uses this any more and its number is free. */
    void destroyed() {
        // Most objects only go.
    }
}
