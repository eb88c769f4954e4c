/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;

/** A fault file that holds groups of faults and remembers every call. A fault's address says which it is. */
final class FakeFaultFile implements FaultFile {

    /** An answer that was taken. */
    record Answer(int cookie, int code) {}

    /** A record as it will be read, but for the cookie. */
    record Record(int flags, int deviceId, int pasid, int groupIndex, long address) {}

    private record Group(int cookie, List<Record> records) {}

    private final Deque<Group> groups = new ArrayDeque<>();
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final Set<Integer> refused = new HashSet<>();
    private final List<Answer> answers = new ArrayList<>();
    /** Bytes of each write asked for. */
    private final List<Integer> writes = new ArrayList<>();
    /** Bytes of each read asked for. */
    private final List<Integer> reads = new ArrayList<>();
    private int error;
    private int mostWritten = 1 << 20;

    /** A group that waits to be read. */
    FakeFaultFile add(final int cookie, final int groupIndex, final long... addresses) {
        final List<Record> records = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            final boolean last = i == addresses.length - 1;
            records.add(new Record(last ? PageFaultFlyweight.LAST_PAGE : 0, 1, 0, groupIndex, addresses[i]));
        }
        groups.add(new Group(cookie, records));
        return this;
    }

    /** A group that waits to be read, of any records. */
    FakeFaultFile add(final int cookie, final Record... records) {
        groups.add(new Group(cookie, List.of(records)));
        return this;
    }

    /** The first group is answered before it is read. */
    void removeFirst() {
        groups.remove();
    }

    /** Every answer to this cookie is bad. */
    void refuse(final int cookie) {
        refused.add(cookie);
    }

    /** Every read fails with this error number; 0 to end that. */
    void fail(final int errno) {
        error = errno;
    }

    /** A write takes no more answers than this, though they are good. */
    void takeAtMost(final int responses) {
        mostWritten = responses;
    }

    List<Answer> answers() {
        return answers;
    }

    List<Integer> writes() {
        return writes;
    }

    List<Integer> reads() {
        return reads;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        assertTrue(buffer.isDirect());
        buffers.add(buffer);
        return buffers.size() - 1;
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        reads.add(length);
        if (error != 0) {
            return -error;
        }
        assertEquals(0, length % PageFaultFlyweight.LENGTH_BYTES);
        final PageFaultFlyweight record = new PageFaultFlyweight();
        int done = 0;
        while (!groups.isEmpty()) {
            final Group group = groups.getFirst();
            if (group.records.size() * PageFaultFlyweight.LENGTH_BYTES > length - done) {
                return done > 0 ? done : -Errno.EINVAL;
            }
            groups.remove();
            for (final Record r : group.records) {
                record.wrap(buffers.get(buffer), offset + done).set(r.flags, r.deviceId, r.pasid, r.groupIndex,
                        PageFaultFlyweight.READ, r.address, group.cookie);
                done += PageFaultFlyweight.LENGTH_BYTES;
            }
        }
        return done;
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        writes.add(length);
        assertTrue(length > 0 && length % PageResponseFlyweight.LENGTH_BYTES == 0);
        final PageResponseFlyweight response = new PageResponseFlyweight();
        final int end = Math.min(length, mostWritten * PageResponseFlyweight.LENGTH_BYTES);
        for (int done = 0; done < end; done += PageResponseFlyweight.LENGTH_BYTES) {
            response.wrap(buffers.get(buffer), offset + done);
            if (refused.contains(response.cookie())) {
                return done > 0 ? done : -Errno.EINVAL;
            }
            answers.add(new Answer(response.cookie(), response.code()));
        }
        return end;
    }

    @Override
    public int ready() {
        return groups.isEmpty() ? WRITABLE : READABLE | WRITABLE;
    }

    @Override
    public FileShape shape() {
        return FileShape.IOMMUFD_FAULT;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
