/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

/** What a way of handling faults has the kernel world do. */
@FunctionalInterface
interface KernelPart {

    /** One duty cycle; gives the work done. */
    int doWork();
}
