/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

/** Who reads the fault objects of a seed. */
enum Readers {
    /** Programs that do what they should not: {@link RandomReader}, {@link RandomHandler}. */
    WILD,
    /** The delivery of the design, which must serve everything. */
    OF_DESIGN
}
