/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/** A file to be broken in one place. */
class BrokenFile extends ForwardingFaultFile {

    final List<ByteBuffer> buffers = new ArrayList<>();

    BrokenFile(final FaultFile file) {
        super(file);
    }

    @Override
    public int register(final ByteBuffer buffer) {
        buffers.add(buffer);
        return super.register(buffer);
    }
}
