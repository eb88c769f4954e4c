/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.RequesterId;

/**
 * Invalidations that are out at devices: 32 tags, each given to one request until the device has completed it (PCIe,
 * ATS Invalidate Request and Invalidate Completion).
 *
 * <p>Hardware world; allocates nothing after set-up.
 */
final class DeviceTlbInvalidations {

    private static final int TAGS = Integer.SIZE;

    private final int[] requesterOf = new int[TAGS];
    private final int[] completions = new int[TAGS];
    private InvalidateRequestPort[] ports = new InvalidateRequestPort[0];
    /** Tags that are out, a bit for each. */
    private int outstanding;

    /** Set-up: a function with a device TLB. */
    void connect(final int requesterId, final InvalidateRequestPort port) {
        if (ports.length == 0) {
            ports = new InvalidateRequestPort[RequesterId.COUNT];
        }
        ports[requesterId] = port;
    }

    /** Tags that are out, a bit for each. */
    int outstanding() {
        return outstanding;
    }

    /**
     * Send the invalidation of a descriptor. A function without a device TLB has nothing to invalidate.
     *
     * @return false if there is no tag, or the function has as many invalidations as it takes
     */
    boolean send(final int type, final long qw0, final long qw1) {
        final boolean hasPasid = type == InvalidationDescriptor.PASID_DEVICE_TLB;
        final int requesterId = hasPasid ? DeviceTlbDescriptor.pasidSourceId(qw0) : DeviceTlbDescriptor.sourceId(qw0);
        final InvalidateRequestPort port = ports.length == 0 ? null : ports[requesterId];
        if (port == null) {
            return true;
        }
        final int depth = hasPasid ? DeviceTlbDescriptor.pasidQueueDepth(qw0) : DeviceTlbDescriptor.queueDepth(qw0);
        if (outstanding == -1 || outOf(requesterId) >= (depth == 0 ? TAGS : depth)) {
            return false;
        }
        final int tag = Integer.numberOfTrailingZeros(~outstanding);
        requesterOf[tag] = requesterId;
        completions[tag] = 0;
        outstanding |= 1 << tag;
        port.invalidateRequest(tag, hasPasid ? DeviceTlbDescriptor.pasid(qw0) : PageRequestMessage.NO_PASID,
                hasPasid ? qw1 : DeviceTlbDescriptor.body(qw1));
        return true;
    }

    private int outOf(final int requesterId) {
        int count = 0;
        for (int left = outstanding; left != 0; left &= left - 1) {
            if (requesterOf[Integer.numberOfTrailingZeros(left)] == requesterId) {
                count++;
            }
        }
        return count;
    }

    /**
     * A completion for one tag.
     *
     * @param expected completions that make the invalidation complete, 1..8
     * @return false if it belongs to nothing that is out
     */
    boolean complete(final int requesterId, final int tag, final int expected) {
        if ((outstanding & 1 << tag) == 0 || requesterOf[tag] != requesterId) {
            return false;
        }
        completions[tag]++;
        if (completions[tag] >= expected) {
            outstanding &= ~(1 << tag);
        }
        return true;
    }

    /**
     * Give up on everything that is out at a function.
     *
     * @return false if nothing was
     */
    boolean giveUp(final int requesterId) {
        final int before = outstanding;
        for (int left = before; left != 0; left &= left - 1) {
            final int tag = Integer.numberOfTrailingZeros(left);
            if (requesterOf[tag] == requesterId) {
                outstanding &= ~(1 << tag);
            }
        }
        return outstanding != before;
    }

    /** Forget everything that is out. */
    void reset() {
        outstanding = 0;
    }
}
