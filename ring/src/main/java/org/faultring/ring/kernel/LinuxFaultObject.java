/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.ring.ControlledFaultSlotHandler;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.WakeCount;

/**
 * The fault object of Linux 7.2's iommufd, as a file (drivers/iommu/iommufd/eventq.c): whole groups per read, the
 * cookie given at read time, answers that take effect up to the first bad one.
 *
 * <p>Only arrival belongs to the kernel world, through {@link #sink()}; everything else belongs to the user world, one
 * caller at a time. Linux's queue has no limit; here a full ring is its "no memory for the group".
 */
public final class LinuxFaultObject implements FaultFile, FaultObject {

    private final FaultRing faults;
    private final OneToOneResponseRing responses;
    private final CookieTable cookies;
    private final WakeCount wakes = new WakeCount();
    private final FaultSink sink = new Arrivals();
    private final GroupCopier copier = new GroupCopier();
    private ByteBuffer[] buffers = new ByteBuffer[0];
    private boolean isClosed;

    /**
     * An empty fault object.
     *
     * @param capacity  faults that may wait to be read, a power of two
     * @param maxGroups groups that may be read and unanswered at once, as many as the {@link GroupTable} holds
     */
    public LinuxFaultObject(final int capacity, final int maxGroups) {
        faults = new OneToOneFaultRing(capacity);
        responses = new OneToOneResponseRing(maxGroups);
        cookies = new CookieTable(maxGroups);
    }

    @Override
    public FaultSink sink() {
        return sink;
    }

    @Override
    public OneToOneResponseRing responses() {
        return responses;
    }

    /**
     * Wake-ups: one for each group, after it can be read.
     *
     * @return the count
     */
    public WakeCount wakes() {
        return wakes;
    }

    @Override
    public FileShape shape() {
        return FileShape.IOMMUFD_FAULT;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        final int number = buffers.length;
        buffers = Arrays.copyOf(buffers, number + 1);
        buffers[number] = buffer;
        return number;
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        if (length % PageFaultFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        if (isOutside(buffer, offset, length)) {
            return -Errno.EFAULT;
        }
        return copier.copy(buffers[buffer], offset, length);
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        if (length % PageResponseFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        if (isOutside(buffer, offset, length)) {
            return -Errno.EFAULT;
        }
        final ByteBuffer source = buffers[buffer];
        for (int done = 0; done < length; done += PageResponseFlyweight.LENGTH_BYTES) {
            final int at = offset + done;
            final int result = answer(LittleEndian.getInt(source, at + PageResponseFlyweight.COOKIE_OFFSET),
                    LittleEndian.getInt(source, at + PageResponseFlyweight.CODE_OFFSET));
            if (result != 0) {
                return done > 0 ? done : result;
            }
        }
        return length;
    }

    @Override
    public int autoRespond(final int attachment) {
        throw new UnsupportedOperationException("attachment=" + attachment);
    }

    private int answer(final int cookie, final int code) {
        // The code is looked at first, so a bad one leaves the cookie valid.
        if (!PageResponseFlyweight.isUserCode(code)) {
            return -Errno.EINVAL;
        }
        final int handle = cookies.handle(cookie);
        if (handle == CookieTable.NONE) {
            return -Errno.EINVAL;
        }
        // There are never more open groups than places in the ring, but a refused answer must not lose its cookie.
        if (!responses.offer(handle, code)) {
            return -Errno.ENOMEM;
        }
        cookies.release(cookie);
        return 0;
    }

    @Override
    public int ready() {
        if (isClosed) {
            return 0;
        }
        return faults.peekGroupLength() > 0 ? READABLE | WRITABLE : WRITABLE;
    }

    /** Closes the only file there will ever be on this object; faults keep queueing. */
    @Override
    public void close() {
        isClosed = true;
    }

    private boolean isOutside(final int buffer, final int offset, final int length) {
        return buffer < 0 || buffer >= buffers.length || offset < 0 || length < 0
                || offset > buffers[buffer].capacity() - length;
    }

    /** The kernel world's side. */
    private final class Arrivals implements FaultSink {

        @Override
        public FaultRing ring() {
            return faults;
        }

        @Override
        public void groupArrived() {
            wakes.raise();
        }

        @Override
        public void cycleEnded() {
            // Linux wakes for each group, so nothing is left to do.
        }
    }

    /** Copies whole groups out of the ring. */
    private final class GroupCopier implements ControlledFaultSlotHandler {

        private final PageFaultFlyweight record = new PageFaultFlyweight();
        private ByteBuffer target;
        private int at;
        private int end;
        private int cookie;
        private int result;

        int copy(final ByteBuffer newTarget, final int offset, final int length) {
            target = newTarget;
            at = offset;
            end = offset + length;
            result = 0;
            faults.controlledPoll(this, Integer.MAX_VALUE);
            return at > offset ? at - offset : result;
        }

        @Override
        public Action onSlot(final FaultSlotFlyweight slot) {
            final int groupLength = slot.groupLength();
            if (groupLength > 0) {
                if (groupLength * PageFaultFlyweight.LENGTH_BYTES > end - at) {
                    result = -Errno.EINVAL;
                    return Action.ABORT;
                }
                cookie = cookies.allocate(slot.cookie());
                if (cookie == CookieTable.NONE) {
                    result = -Errno.ENOMEM;
                    return Action.ABORT;
                }
            }
            slot.copyTo(target, at);
            record.wrap(target, at).cookie(cookie);
            at += PageFaultFlyweight.LENGTH_BYTES;
            return Action.CONTINUE;
        }
    }
}
