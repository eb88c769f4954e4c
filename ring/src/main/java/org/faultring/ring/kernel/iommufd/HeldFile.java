/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.ForwardingFaultFile;
import org.faultring.ring.file.WakeCount;
import org.faultring.ring.kernel.WakingFile;

/** The file of an object: it uses the object, and all behind {@code /dev/iommu} lives on until it is closed. */
final class HeldFile extends ForwardingFaultFile implements WakingFile {

    private final WakingFile file;
    private final KernelObject object;
    private final Runnable written;
    private final Runnable closed;
    private boolean isClosed;

    /** An open file, that tells when it was written to and when it was closed. */
    HeldFile(final WakingFile file, final KernelObject object, final Runnable written, final Runnable closed) {
        super(file);
        this.file = file;
        this.object = object;
        this.written = written;
        this.closed = closed;
        object.use();
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        final int result = super.write(buffer, offset, length);
        written.run();
        return result;
    }

    @Override
    public WakeCount wakes() {
        return file.wakes();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            super.close();
            object.unuse();
            closed.run();
        }
    }
}
