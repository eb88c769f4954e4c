/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

import org.faultring.ring.FaultRing;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.WakeCount;

/**
 * The fault object of Linux 7.2's iommufd, as a file (drivers/iommu/iommufd/eventq.c).
 *
 * <ul>
 * <li>A read gives whole groups in order of arrival, over all page tables and devices that use the object. Nothing to
 * read is 0, a length that is no whole number of records -ESPIPE. What went wrong behind a group that was delivered is
 * not told before the next read.</li>
 * <li>A buffer too small for the first group is -EINVAL, as often as it is tried: the group blocks all behind it until
 * a buffer holds it. There is no bound on the length of a group, since what lost groups left behind is merged into
 * it.</li>
 * <li>Memory that cannot be copied to is -EFAULT: the group is as if it had not been read. Bytes behind those that a
 * read returned mean nothing.</li>
 * <li>The cookie is given at read time, the lowest free one from 1; an answer frees it. An answer with cookie 0 is
 * refused, but while other groups are unanswered it makes 0 a cookie like the others, for good: a slip of Linux,
 * kept.</li>
 * <li>Answers take effect up to the first bad one.</li>
 * <li>Closing the file answers nothing; groups keep coming until the attachments go away.</li>
 * </ul>
 *
 * <p>Only arrival belongs to the kernel world, through {@link #sink()}; everything else belongs to the user world, one
 * caller at a time. Linux's queue has no limit; here a full ring is its "no memory for the group".
 */
public final class LinuxFaultObject implements WakingFile, FaultObject {

    /** Longest transfer of one call: {@code MAX_RW_COUNT} (include/linux/fs.h), with pages of 4 KiB. */
    public static final int MAX_COUNT = 0x7FFF_F000;

    private final OneToOneFaultRing faults;
    private final OneToOneResponseRing answers;
    private final ResponseTable responses;
    private final RegisteredBuffers memory = new RegisteredBuffers();
    private final RuledWakes wakes;
    private final FaultSink sink = new Arrivals();
    private final GroupCopier copier;
    private final UnreadGroups unread;
    private final FileShape shape;
    private boolean isClosed;

    /**
     * An empty fault object.
     *
     * @param capacity  faults that may wait to be read, a power of two
     * @param maxGroups groups that may be read and unanswered at once, as many as the {@link GroupTable} holds
     */
    public LinuxFaultObject(final int capacity, final int maxGroups) {
        this(capacity, maxGroups, FileShape.IOMMUFD_FAULT);
    }

    /**
     * An empty fault object whose file is another than Linux 7.2's to a completion ring.
     *
     * @param capacity  faults that may wait to be read, a power of two
     * @param maxGroups groups that may be read and unanswered at once, as many as the {@link GroupTable} holds
     * @param shape     of the file: {@link FileShape#IOMMUFD_FAULT} or {@link FileShape#IOMMUFD_FAULT_NOWAIT}, opened
     *                  either way
     */
    public LinuxFaultObject(final int capacity, final int maxGroups, final FileShape shape) {
        this(capacity, maxGroups, shape, WakeRule.EACH_GROUP);
    }

    /**
     * An empty fault object that wakes by another rule than Linux's.
     *
     * @param capacity  faults that may wait to be read, a power of two
     * @param maxGroups groups that may be read and unanswered at once, as many as the {@link GroupTable} holds
     * @param shape     of the file, as above
     * @param wakeRule  when to wake
     */
    public LinuxFaultObject(final int capacity, final int maxGroups, final FileShape shape, final WakeRule wakeRule) {
        if (!shape.equals(FileShape.IOMMUFD_FAULT) && !shape.equals(FileShape.IOMMUFD_FAULT.nonblocking())
                && !shape.equals(FileShape.IOMMUFD_FAULT_NOWAIT)
                && !shape.equals(FileShape.IOMMUFD_FAULT_NOWAIT.nonblocking())) {
            throw new IllegalArgumentException("shape=" + shape + " (expected: that of a fault file of iommufd)");
        }
        this.shape = shape;
        faults = new OneToOneFaultRing(capacity);
        wakes = new RuledWakes(wakeRule, faults);
        answers = new OneToOneResponseRing(maxGroups);
        responses = new ResponseTable(maxGroups);
        copier = new GroupCopier(faults, responses);
        unread = new UnreadGroups(faults, answers);
    }

    @Override
    public FaultSink sink() {
        return sink;
    }

    @Override
    public OneToOneResponseRing responses() {
        return answers;
    }

    /**
     * Wake-ups, after what they announce can be read: one for each group, unless the {@link WakeRule} is another.
     *
     * @return the count
     */
    @Override
    public WakeCount wakes() {
        return wakes.count();
    }

    @Override
    public FileShape shape() {
        return shape;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return memory.register(buffer);
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        // No size_t: the VFS finds that so much memory cannot be the caller's.
        if (length < 0) {
            return -Errno.EFAULT;
        }
        final int count = Math.min(length, MAX_COUNT);
        if (count % PageFaultFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        final ByteBuffer target = memory.get(buffer);
        final int mapped = memory.mapped(buffer, offset);
        final int result = copier.copy(target, offset, mapped, count);
        return result == 0 && isSecondLookDue() ? copier.copy(target, offset, mapped, count) : result;
    }

    /** Where a wake-up comes only for a group before which nothing waited, one that came just now may have had none. */
    private boolean isSecondLookDue() {
        if (!wakes.needsSecondLook()) {
            return false;
        }
        // Full fence, paired with that in RuledWakes.groupArrived().
        VarHandle.fullFence();
        return true;
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        if (length < 0) {
            return -Errno.EFAULT;
        }
        final int count = Math.min(length, MAX_COUNT);
        if (count % PageResponseFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        final ByteBuffer source = memory.get(buffer);
        final int mapped = memory.mapped(buffer, offset);
        for (int done = 0; done < count; done += PageResponseFlyweight.LENGTH_BYTES) {
            final int result = mapped - done < PageResponseFlyweight.LENGTH_BYTES
                    ? -Errno.EFAULT
                    : answer(LittleEndian.getLong(source, offset + done));
            if (result != 0) {
                return done > 0 ? done : result;
            }
        }
        return count;
    }

    /** An answer as one word: the cookie below, the code above, see {@link PageResponseFlyweight}. */
    private int answer(final long response) {
        final int code = (int) (response >>> Integer.SIZE);
        final int cookie = (int) response;
        final int handle = responses.handle(cookie);
        // The code is looked at too before anything is done, so a bad one leaves the cookie valid.
        if (!PageResponseFlyweight.isUserCode(code) || handle == ResponseTable.NO_GROUP) {
            return refuse(cookie, code);
        }
        // There are never more open groups than places in the ring, but a refused answer must not lose its cookie.
        if (!answers.offer(handle, code)) {
            return -Errno.ENOMEM;
        }
        responses.remove(cookie);
        return 0;
    }

    private int refuse(final int cookie, final int code) {
        if (cookie == 0 && PageResponseFlyweight.isUserCode(code)) {
            responses.unreserveZero();
        }
        return -Errno.EINVAL;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Costs the groups that wait to be read, and of those that have been read the ones of the attachment. They are
     * answered in no particular order.
     *
     * @throws IllegalStateException if there is no room for the answers, because this object was made for fewer groups
     *                               than the {@link GroupTable} holds; nothing is lost, and the next call goes on
     */
    @Override
    public int autoRespond(final int attachment) {
        int answered = unread.answer(attachment);
        for (int handle = responses.newest(attachment); handle != ResponseTable.NO_GROUP; handle =
                responses.newest(attachment)) {
            UnreadGroups.answerInvalid(answers, handle);
            responses.removeNewest(attachment);
            answered++;
        }
        return answered;
    }

    @Override
    public int ready() {
        if (isClosed) {
            return 0;
        }
        // A group that was answered unread never stands first, see UnreadGroups.
        final boolean isEmpty = faults.isEmpty() && (!isSecondLookDue() || faults.isEmpty());
        return isEmpty ? WRITABLE : READABLE | WRITABLE;
    }

    /** Closes the only file there will ever be on this object; faults keep queueing. */
    @Override
    public void close() {
        isClosed = true;
    }

    /** The kernel world's side. */
    private final class Arrivals implements FaultSink {

        @Override
        public FaultRing ring() {
            return faults;
        }

        @Override
        public void groupArrived() {
            wakes.groupArrived();
        }

        @Override
        public void cycleEnded() {
            wakes.cycleEnded();
        }
    }
}
