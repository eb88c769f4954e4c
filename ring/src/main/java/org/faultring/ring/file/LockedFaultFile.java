/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Makes one {@link FaultFile} safe for several threads: a mutex around every call, as Linux has one around read, write
 * and automatic response ({@code iommufd_fault.mutex}, drivers/iommu/iommufd/eventq.c).
 *
 * <p>As in Linux, the mutex is not interruptible: an interrupted thread waits for it all the same and finds its
 * interrupt status kept. A reader waits for a writer, and both for an automatic response.
 *
 * <p>Not as in Linux: {@link #ready()} takes the mutex too. Linux looks at its list under a spin lock of the list's
 * own, so a poll there does not wait for a writer.
 *
 * <p>The mutex orders the calls: what one thread did under it is seen by the next. Which of two waiting threads comes
 * first is not fixed. Any thread; allocates nothing while nobody waits.
 */
public final class LockedFaultFile implements FaultFile {

    private final ReentrantLock mutex = new ReentrantLock();
    private final FaultFile file;

    /**
     * A file for several threads.
     *
     * @param file used through this object alone from now on
     */
    public LockedFaultFile(final FaultFile file) {
        this.file = file;
    }

    /**
     * Do something to the fault object that is no call of its file, but belongs under the same mutex: the automatic
     * response of a detachment.
     *
     * @param action called once, under the mutex
     * @return what it returned
     */
    public int exclusively(final IntSupplier action) {
        mutex.lock();
        try {
            return action.getAsInt();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int register(final ByteBuffer buffer) {
        mutex.lock();
        try {
            return file.register(buffer);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        mutex.lock();
        try {
            return file.read(buffer, offset, length);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        mutex.lock();
        try {
            return file.write(buffer, offset, length);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int ready() {
        mutex.lock();
        try {
            return file.ready();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public FileShape shape() {
        return file.shape();
    }

    @Override
    public void close() {
        mutex.lock();
        try {
            file.close();
        } finally {
            mutex.unlock();
        }
    }
}
