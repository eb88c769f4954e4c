/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.nio.ByteBuffer;

/** How a vendor's record names its device. Kernel world. */
@FunctionalInterface
public interface RecordNaming {

    /** For records that the driver has renamed before it hands them on, or that name nothing. */
    RecordNaming BY_DRIVER = (record, offset, virtualId) -> {};

    /**
     * Name the device as the guest knows it.
     *
     * @param record    to change, little-endian
     * @param offset    byte index of its first byte
     * @param virtualId of the device; the field takes as many of its low bits as it has
     */
    void rename(ByteBuffer record, int offset, long virtualId);
}
