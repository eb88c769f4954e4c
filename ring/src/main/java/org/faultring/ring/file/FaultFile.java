/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import java.nio.ByteBuffer;

/**
 * A file that delivers faults and takes answers. Implemented by the model and by real Linux, so that a delivery is
 * written once.
 *
 * <p>Calls return what the system call would: a count of bytes, or a negated error number of {@link Errno}. They return
 * at once, except where the {@link #shape()} says otherwise. One thread at a time uses a file.
 */
public interface FaultFile extends AutoCloseable {

    /** Ready bit: a read would find something ({@code EPOLLIN}, include/uapi/linux/eventpoll.h). */
    int READABLE = 0x1;
    /** Ready bit: a write would be taken ({@code EPOLLOUT}). */
    int WRITABLE = 0x4;

    /**
     * Make memory known to the file, once, before it is read into or written from.
     *
     * @param buffer direct, little-endian
     * @return the number by which {@link #read} and {@link #write} name it
     */
    int register(ByteBuffer buffer);

    /**
     * Read fault records.
     *
     * @param buffer registered memory to read into
     * @param offset byte index in it
     * @param length bytes wanted
     * @return bytes read, 0 for none, or a negated error number
     */
    int read(int buffer, int offset, int length);

    /**
     * Write answers.
     *
     * @param buffer registered memory to write from
     * @param offset byte index in it
     * @param length bytes to write
     * @return bytes taken, or a negated error number
     */
    int write(int buffer, int offset, int length);

    /**
     * What would be found: {@link #READABLE}, {@link #WRITABLE}.
     *
     * @return the bits
     */
    int ready();

    /**
     * What kind of file this is.
     *
     * @return its shape, the same at every call
     */
    FileShape shape();

    /** Close. Nothing is answered; calls after this return -{@link Errno#EBADF}, or 0 from {@link #ready()}. */
    @Override
    void close();
}
