/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.nio.ByteBuffer;

/**
 * Takes faults that cannot be recovered from, as a driver reads them from its hardware. Belongs to the kernel world.
 */
public interface EventSink {

    /**
     * An event.
     *
     * @param device      number of the function in the fault reporter
     * @param level       that failed
     * @param record      holds the hardware's record, little-endian, with what names the device already translated for
     *                    the receiver; valid during the call
     * @param offset      byte index of its first byte
     * @param lengthBytes of the record
     */
    void onEvent(int device, FaultLevel level, ByteBuffer record, int offset, int lengthBytes);
}
