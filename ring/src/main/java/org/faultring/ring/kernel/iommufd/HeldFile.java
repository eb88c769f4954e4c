/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.nio.ByteBuffer;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;

/** The file of an object: it uses the object, and all behind {@code /dev/iommu} lives on until it is closed. */
final class HeldFile implements FaultFile {

    private final FaultFile file;
    private final KernelObject object;
    private final Runnable written;
    private final Runnable closed;
    private boolean isClosed;

    /** An open file, that tells when it was written to and when it was closed. */
    HeldFile(final FaultFile file, final KernelObject object, final Runnable written, final Runnable closed) {
        this.file = file;
        this.object = object;
        this.written = written;
        this.closed = closed;
        object.use();
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
        final int result = file.write(buffer, offset, length);
        written.run();
        return result;
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
        if (!isClosed) {
            isClosed = true;
            file.close();
            object.unuse();
            closed.run();
        }
    }
}
