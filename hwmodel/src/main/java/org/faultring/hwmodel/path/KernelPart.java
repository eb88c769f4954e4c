/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

/** Something that the kernel world runs for one fault object. */
@FunctionalInterface
interface KernelPart {

    /** One duty cycle: work done. */
    int doWork();
}
