/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;

/** What user space sees of one fault, but for the cookie. */
record Fault(int flags, int deviceId, int pasid, int groupIndex, int permissions, long address) {

    static Fault of(final PageFaultFlyweight fault) {
        assertEquals(0, fault.length());
        assertEquals(0, LittleEndian.getInt(fault.buffer(), fault.offset() + PageFaultFlyweight.RESERVED_OFFSET));
        return new Fault(fault.flags(), fault.deviceId(), fault.pasid(), fault.groupIndex(), fault.permissions(),
                fault.address());
    }

    static Fault at(final ByteBuffer buffer, final int offset) {
        return of(new PageFaultFlyweight().wrap(buffer, offset));
    }
}
