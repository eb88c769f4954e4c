/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;

import org.faultring.ring.Checks;
import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.WakeCount;

/**
 * The queue of events of one type that a virtual IOMMU gives to user space, as a file: Linux 7.2's vEVENTQ
 * (drivers/iommu/iommufd/eventq.c, driver.c). The newest events are lost when it is full, and that is told: by a header
 * without payload if nothing came after them, else by the gap in the sequence numbers.
 *
 * <p>{@link #enqueue} belongs to the kernel world, everything else to the user world, one caller at a time; several
 * readers take turns. No operation waits, allocates or takes a lock.
 *
 * <p>Linux keeps one header for losses in the list of events and takes it off the tail when an event follows. Here it
 * is no entry: the producer publishes the number of the latest lost event, in a word of its own. The consumer has
 * reached the header when
 * <ol>
 * <li>it read that word, then found no event behind the last it took, and</li>
 * <li>the word names an event after the last it took, be that a kept event or a header.</li>
 * </ol>
 * The order of the two reads in (1) is what makes this safe. The producer publishes a kept event before the loss of a
 * later one, so a consumer that knows of the loss sees all events kept before it, and none can be overtaken by the
 * header. An event that is kept after the loss may be seen or not: if it is, the header is gone and the gap tells; if
 * it is not, the header was taken first. (2) keeps a header from being read twice, and hides the loss of events that
 * was made good by one kept since: the last event taken then has the higher number. Numbers have 64 bits here, of which
 * user space sees 31.
 */
public final class VirtualEventQueue implements WakingFile {

    /** Most events that a queue may hold (drivers/iommu/iommufd/eventq.c). */
    public static final int MAX_DEPTH = 1 << 19;

    private final int type;
    private final int depth;
    private final int payloadBytes;
    /** Bytes from a slot to the next: the number of the event, then its payload. */
    private final int stride;
    private final int mask;
    private final ByteBuffer slots;
    private final RegisteredBuffers memory = new RegisteredBuffers();
    private final WakeCount wakes = new WakeCount();

    /** Events kept so far. Kernel world. */
    private final PaddedWord kept = new PaddedWord();
    /** Number of the latest lost event, plus 1; 0 while there is none. Kernel world. */
    private final PaddedWord lost = new PaddedWord();
    /** Events whose slots were given back. User world. */
    private final PaddedWord consumed = new PaddedWord();

    /** Number of the next event. Kernel world. */
    private long nextNumber;
    /** Number of the last event or loss that was read, plus 1. User world. */
    private long taken;
    private boolean isClosed;

    /** The read under way. User world. */
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();
    private int target;
    private int at;
    private int left;
    private int result;

    /**
     * An empty queue.
     *
     * @param type  of its events, see {@link VirtualEventType}; any but {@link VirtualEventType#DEFAULT}
     * @param depth events it holds, 1..{@link #MAX_DEPTH}; a header for losses is not counted
     */
    public VirtualEventQueue(final int type, final int depth) {
        this(type, depth, 0);
    }

    /** A queue that has had events before. */
    VirtualEventQueue(final int type, final int depth, final long firstNumber) {
        if (type == VirtualEventType.DEFAULT) {
            throw new IllegalArgumentException("type=0 (expected: a type)");
        }
        this.type = type;
        this.depth = Checks.range("depth", depth, 1, MAX_DEPTH);
        payloadBytes = VirtualEventType.payloadBytes(type);
        stride = Long.BYTES + (payloadBytes + Long.BYTES - 1 & -Long.BYTES);
        final int slotCount = depth == 1 ? 1 : Integer.highestOneBit(depth - 1) << 1;
        mask = slotCount - 1;
        slots = RingMemory.allocate(slotCount * stride);
        nextNumber = firstNumber;
    }

    /**
     * What a kernel tests before it looks for the virtual IOMMU ({@code iommufd_veventq_alloc},
     * drivers/iommu/iommufd/eventq.c).
     *
     * @param flags of the call
     * @param type  of the events
     * @param depth wanted
     * @return 0, -{@link Errno#EOPNOTSUPP} for flags or no type, -{@link Errno#EINVAL} for a bad depth
     */
    public static int check(final int flags, final int type, final int depth) {
        if (flags != 0 || type == VirtualEventType.DEFAULT) {
            return -Errno.EOPNOTSUPP;
        }
        return depth < 1 || depth > MAX_DEPTH ? -Errno.EINVAL : 0;
    }

    /**
     * Type of its events.
     *
     * @return as given
     */
    public int type() {
        return type;
    }

    /**
     * Length of its events behind the header.
     *
     * @return bytes
     */
    public int payloadBytes() {
        return payloadBytes;
    }

    /**
     * Wake-ups: one for each event, lost ones too.
     *
     * @return the count
     */
    @Override
    public WakeCount wakes() {
        return wakes;
    }

    /**
     * Kernel world: an event. It uses a sequence number whether there is room for it or not.
     *
     * @param event       holds the payload
     * @param offset      byte index of its first byte
     * @param lengthBytes of it, {@link #payloadBytes()}
     * @return false if it was lost
     */
    boolean enqueue(final ByteBuffer event, final int offset, final int lengthBytes) {
        if (lengthBytes != payloadBytes) {
            throw new IllegalArgumentException("lengthBytes=" + lengthBytes + " (expected: " + payloadBytes + ")");
        }
        final long number = nextNumber++;
        final long position = kept.get();
        // Acquire, paired with the release in read(): the copy out of a slot comes before our writes to it.
        final boolean fits = position - consumed.getAcquire() < depth;
        if (fits) {
            final int slot = slot(position);
            LittleEndian.putLong(slots, slot, number);
            slots.put(slot + Long.BYTES, event, offset, lengthBytes);
            // Release, paired with the acquire in hasEvent(): the slot is filled.
            kept.setRelease(position + 1);
        } else {
            // Release, paired with the acquire in lossSeen(): all events kept before are published.
            lost.setRelease(number + 1);
        }
        wakes.raise();
        return fits;
    }

    private int slot(final long position) {
        return ((int) position & mask) * stride;
    }

    /** Has to come before {@link #hasEvent()}, see the class. */
    private long lossSeen() {
        // Acquire, paired with the release in enqueue().
        return lost.getAcquire();
    }

    private boolean hasEvent() {
        // Acquire, paired with the release in enqueue().
        return kept.getAcquire() != consumed.get();
    }

    @Override
    public FileShape shape() {
        return FileShape.IOMMUFD_EVENT;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return memory.register(buffer);
    }

    /**
     * Read events, oldest first: each a header and its payload, whole. There is no rule of multiples.
     *
     * <p>An event that does not fit, or cannot be copied as a whole, stays where it is and ends the read. Its error is
     * returned only if nothing was read before it.
     *
     * @return bytes read, 0 for none; -{@link Errno#EINVAL} below 8 bytes, and if not even the first event fits;
     *         -{@link Errno#EFAULT} if not even the first can be copied
     */
    @Override
    public int read(final int buffer, final int offset, final int length) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        if (length < EventHeaderFlyweight.LENGTH_BYTES) {
            return -Errno.EINVAL;
        }
        target = buffer;
        at = offset;
        left = length;
        result = 0;
        while (readNext()) {
            // On to the next one.
        }
        return left < length ? length - left : result;
    }

    private boolean readNext() {
        final long loss = lossSeen();
        if (hasEvent()) {
            return readEvent();
        }
        return loss > taken && readLoss(loss);
    }

    private boolean readEvent() {
        final int length = EventHeaderFlyweight.LENGTH_BYTES + payloadBytes;
        if (length > left) {
            result = -Errno.EINVAL;
            return false;
        }
        if (!memory.holds(target, at, length)) {
            result = -Errno.EFAULT;
            return false;
        }
        final long position = consumed.get();
        final int slot = slot(position);
        final long number = LittleEndian.getLong(slots, slot);
        memory.get(target).put(at + EventHeaderFlyweight.LENGTH_BYTES, slots, slot + Long.BYTES, payloadBytes);
        endEvent(0, number, length);
        // Release, paired with the acquire in enqueue(): our reads of the slot do not move behind it.
        consumed.setRelease(position + 1);
        return true;
    }

    private boolean readLoss(final long loss) {
        if (EventHeaderFlyweight.LENGTH_BYTES > left) {
            return false;
        }
        if (!memory.holds(target, at, EventHeaderFlyweight.LENGTH_BYTES)) {
            result = -Errno.EFAULT;
            return false;
        }
        endEvent(EventHeaderFlyweight.LOST_EVENTS, loss - 1, EventHeaderFlyweight.LENGTH_BYTES);
        return true;
    }

    private void endEvent(final int flags, final long number, final int length) {
        header.wrap(memory.get(target), at).set(flags, (int) number & EventHeaderFlyweight.SEQUENCE_MASK);
        taken = number + 1;
        at += length;
        left -= length;
    }

    /** There are no answers: -{@link Errno#EINVAL}. */
    @Override
    public int write(final int buffer, final int offset, final int length) {
        return isClosed ? -Errno.EBADF : -Errno.EINVAL;
    }

    /** {@link #READABLE} or nothing: a program that waits for room to write waits for ever. */
    @Override
    public int ready() {
        if (isClosed) {
            return 0;
        }
        final long loss = lossSeen();
        return hasEvent() || loss > taken ? READABLE : 0;
    }

    /** Closes the only file there will ever be on this queue; events keep coming and get lost. */
    @Override
    public void close() {
        isClosed = true;
    }
}
