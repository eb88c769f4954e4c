/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.nio.ByteBuffer;

import org.faultring.ring.file.FileShape;

/**
 * The file of a fault object or event queue of Linux's iommufd. No call allocates but {@link #register}.
 *
 * <p>Memory outside a registered buffer is not handed to the kernel, which would write over whatever lies there: such a
 * read or write throws.
 */
public final class IommuFaultFile implements DescriptorFile {

    private final Syscalls calls = new Syscalls();
    private final NativeBuffers buffers = new NativeBuffers();
    private final FileShape shape;
    private int descriptor;

    /**
     * A file that came from an ioctl.
     *
     * @param descriptor to use, and to close in the end
     * @param shape      {@link FileShape#IOMMUFD_FAULT} or {@link FileShape#IOMMUFD_EVENT}
     */
    IommuFaultFile(final int descriptor, final FileShape shape) {
        this.descriptor = descriptor;
        this.shape = shape;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return buffers.register(buffer);
    }

    /**
     * read(2).
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int read(final int buffer, final int offset, final int length) {
        return (int) calls.read(descriptor, buffers.address(buffer, offset, length), length);
    }

    /**
     * write(2).
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int write(final int buffer, final int offset, final int length) {
        return (int) calls.write(descriptor, buffers.address(buffer, offset, length), length);
    }

    /** poll(2) that does not wait. */
    @Override
    public int ready() {
        // poll(2) skips a negative descriptor and finds nothing.
        return Math.max(0, calls.poll(descriptor, READABLE | WRITABLE, 0));
    }

    @Override
    public FileShape shape() {
        return shape;
    }

    @Override
    public void close() {
        if (descriptor >= 0) {
            // Whatever close(2) says, the descriptor is gone and its number may be somebody else's.
            calls.close(descriptor);
            descriptor = -1;
        }
    }
}
