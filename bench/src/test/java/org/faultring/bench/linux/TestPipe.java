/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

import org.faultring.ring.file.FileShape;

/** A pair of connected sockets (socketpair(2)): one end is the file, the other the test's. */
final class TestPipe extends NativeCalls implements DescriptorFile {

    static final FileShape SHAPE = new FileShape(1, 1, FileShape.EmptyRead.RETURNS_EAGAIN, FileShape.PostedRead.PARKS,
            FileShape.Answer.WRITE);

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final MethodHandle SOCKETPAIR = plain("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT,
            JAVA_INT, JAVA_INT, ADDRESS));

    private final Syscalls calls = new Syscalls();
    private final NativeBuffers buffers = new NativeBuffers();
    private final MemorySegment bytes = Arena.ofAuto().allocate(4096);
    private int mine;
    private int other;

    /** Both ends, {@link Syscalls#O_NONBLOCK} or 0. */
    TestPipe(final int flags) {
        final MemorySegment ends = Arena.ofAuto().allocate(JAVA_INT, 2);
        try {
            SyscallException.check("socketpair", result((int) SOCKETPAIR.invokeExact(state, AF_UNIX,
                    SOCK_STREAM | Syscalls.O_CLOEXEC | flags, 0, ends)));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
        mine = ends.getAtIndex(JAVA_INT, 0);
        other = ends.getAtIndex(JAVA_INT, 1);
    }

    /** The test sends bytes that the file reads. */
    int send(final int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes.set(JAVA_BYTE, i, (byte) values[i]);
        }
        return (int) calls.write(other, bytes.address(), values.length);
    }

    /** The test takes a byte that was written to the file. */
    int receive() {
        final int count = (int) calls.read(other, bytes.address(), 1);
        return count == 1 ? bytes.get(JAVA_BYTE, 0) & 0xFF : count - 1000;
    }

    void closeOther() {
        if (other >= 0) {
            calls.close(other);
            other = -1;
        }
    }

    @Override
    public int descriptor() {
        return mine;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return buffers.register(buffer);
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        return (int) calls.read(mine, buffers.address(buffer, offset, length), length);
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        return (int) calls.write(mine, buffers.address(buffer, offset, length), length);
    }

    @Override
    public int ready() {
        return Math.max(0, calls.poll(mine, READABLE | WRITABLE, 0));
    }

    @Override
    public FileShape shape() {
        return SHAPE;
    }

    @Override
    public void close() {
        if (mine >= 0) {
            calls.close(mine);
            mine = -1;
        }
        closeOther();
    }
}
