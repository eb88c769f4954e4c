/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;

import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.Errno;

/**
 * Copies whole groups from a ring to user space and gives them cookies ({@code iommufd_fault_fops_read},
 * drivers/iommu/iommufd/eventq.c). Used by the ring's consumer.
 */
final class GroupCopier {

    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    /** Slots looked at together. */
    private static final int RUN = 64;

    private final OneToOneFaultRing faults;
    private final ResponseTable responses;

    GroupCopier(final OneToOneFaultRing faults, final ResponseTable responses) {
        this.faults = faults;
        this.responses = responses;
    }

    /**
     * Copy what there is.
     *
     * @param target to copy to
     * @param offset byte index in it
     * @param mapped bytes that can be copied to
     * @param count  bytes wanted, whole records
     * @return bytes copied, or what kept the first group from being copied, 0 if there is none
     */
    int copy(final ByteBuffer target, final int offset, final int mapped, final int count) {
        final ByteBuffer source = faults.buffer();
        int done = 0;
        int result = 0;
        while (result == 0) {
            final int visible = faults.available(RUN);
            if (visible == 0) {
                break;
            }
            final long first = faults.consumerPosition();
            int taken = 0;
            while (taken < visible) {
                final int slot = faults.slotOffset(first + taken);
                // Attachment and group length are one word, as are the record's length and the handle.
                final long route = LittleEndian.getLong(source, slot + FaultRingDescriptor.ATTACHMENT_OFFSET);
                final int length = (int) (route >>> Integer.SIZE) & 0xFFFF;
                final int handle = (int) (LittleEndian.getLong(source,
                        slot + PageFaultFlyweight.LENGTH_OFFSET) >>> Integer.SIZE);
                if (length == FaultRingDescriptor.PADDING) {
                    taken++;
                    continue;
                }
                if (handle != UnreadGroups.DEAD) {
                    result = refusal(length * RECORD, count - done, mapped - done);
                    if (result != 0) {
                        break;
                    }
                    final int cookie = responses.add(handle, (int) route);
                    copyRecord(source, slot, target, offset + done, cookie);
                    done += RECORD;
                    if (length > 1) {
                        copyRest(first + taken, length, target, offset + done, cookie);
                        done += (length - 1) * RECORD;
                    }
                }
                taken += length;
            }
            faults.take(taken);
        }
        return done > 0 ? done : result;
    }

    /** What stops a read at a group, in Linux's order. */
    private int refusal(final int bytes, final int wanted, final int mapped) {
        if (bytes > wanted) {
            return -Errno.EINVAL;
        }
        if (responses.isFull()) {
            return -Errno.ENOMEM;
        }
        return bytes > mapped ? -Errno.EFAULT : 0;
    }

    private void copyRest(final long group, final int length, final ByteBuffer target, final int offset,
            final int cookie) {
        for (int i = 1; i < length; i++) {
            copyRecord(faults.buffer(), faults.slotOffset(group + i), target, offset + (i - 1) * RECORD, cookie);
        }
    }

    /** All words of a record, the last one with the cookie. */
    private static void copyRecord(final ByteBuffer source, final int from, final ByteBuffer target, final int to,
            final int cookie) {
        for (int i = 0; i < PageFaultFlyweight.LENGTH_OFFSET; i += Long.BYTES) {
            LittleEndian.putLong(target, to + i, LittleEndian.getLong(source, from + i));
        }
        LittleEndian.putLong(target, to + PageFaultFlyweight.LENGTH_OFFSET, (long) cookie << Integer.SIZE);
    }
}
