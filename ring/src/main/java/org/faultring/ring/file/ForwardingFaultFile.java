/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import java.nio.ByteBuffer;

/** A file that does what another does, for those that change one call of it. The thread contract is that file's. */
public class ForwardingFaultFile implements FaultFile {

    private final FaultFile file;

    /**
     * In front of another.
     *
     * @param file does what is asked
     */
    protected ForwardingFaultFile(final FaultFile file) {
        this.file = file;
    }

    @Override
    public int register(final ByteBuffer buffer) {
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
