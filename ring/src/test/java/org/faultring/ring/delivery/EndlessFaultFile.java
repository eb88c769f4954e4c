/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;

/** A file in which there is always one more fault, of device 1, PASID 3, group index 5. Allocates nothing. */
final class EndlessFaultFile implements FaultFile {

    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private ByteBuffer memory;
    private int cookie;

    @Override
    public int register(final ByteBuffer buffer) {
        memory = buffer;
        return 0;
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        cookie = cookie % 64 + 1;
        record.wrap(memory, offset).set(PageFaultFlyweight.LAST_PAGE | PageFaultFlyweight.PASID_VALID, 1, 3, 5,
                PageFaultFlyweight.READ, 0x1000, cookie);
        return PageFaultFlyweight.LENGTH_BYTES;
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        return length;
    }

    @Override
    public int ready() {
        return READABLE | WRITABLE;
    }

    @Override
    public FileShape shape() {
        return FileShape.IOMMUFD_FAULT;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
