/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.file.ForwardingFaultFile;
import org.faultring.ring.file.LockedFaultFile;

/**
 * A file of this machine's kernel for several threads: its calls go through a {@link LockedFaultFile}, for what they
 * need besides the descriptor (memory for error numbers, books on what is out) is one thread's at a time. Waiting for
 * the file and requests of io_uring take no lock, they use the descriptor.
 */
public final class LockedDescriptorFile extends ForwardingFaultFile implements DescriptorFile {

    private final DescriptorFile file;

    /**
     * A file for several threads.
     *
     * @param file used through this object alone from now on
     */
    public LockedDescriptorFile(final DescriptorFile file) {
        super(new LockedFaultFile(file));
        this.file = file;
    }

    @Override
    public int descriptor() {
        return file.descriptor();
    }

    @Override
    public int answerDescriptor() {
        return file.answerDescriptor();
    }
}
