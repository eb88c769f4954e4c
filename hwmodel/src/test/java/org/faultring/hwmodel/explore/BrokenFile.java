/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;

/** A file to be broken in one place. */
class BrokenFile implements FaultFile {

    final List<ByteBuffer> buffers = new ArrayList<>();
    private final FaultFile file;

    BrokenFile(final FaultFile file) {
        this.file = file;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        buffers.add(buffer);
        return file.register(buffer);
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        return file.read(buffer, offset, length);
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        return file.write(buffer, offset, length);
    }

    @Override
    public int ready() {
        return file.ready();
    }

    @Override
    public FileShape shape() {
        return file.shape();
    }

    @Override
    public void close() {
        file.close();
    }
}
