/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Sends the requests of groups, within credit and group indexes. A group is begun only when there is credit for all of
 * it, so that its last request can always be sent. Hardware world; allocates nothing.
 */
final class GroupSender {

    private final PageRequestPort port;
    private final PriCapability pri;
    private final FaultPages pages;
    private final GroupSlots slots;
    private final OutstandingGroups groups;
    private final GroupSampler sampler;
    private final Tally tally;
    private final int requesterId;

    GroupSender(final int requesterId, final PageRequestPort port, final PriCapability pri, final FaultPages pages,
            final GroupSlots slots, final OutstandingGroups groups, final GroupSampler sampler, final Tally tally) {
        this.requesterId = requesterId;
        this.port = port;
        this.pri = pri;
        this.pages = pages;
        this.slots = slots;
        this.groups = groups;
        this.sampler = sampler;
        this.tally = tally;
    }

    /** A slot for a group, if there is credit for it, or {@link GroupSlots#NONE}. */
    int slotFor(final int length, final int pasid) {
        return length == 0 || pri.credits() < length ? GroupSlots.NONE : slots.take(pasid);
    }

    /** Begin a group; gives its index. */
    int open(final int slot, final int length, final long raisedNanos) {
        final int index = slots.index(slot);
        groups.open(slot, length, raisedNanos);
        sampler.open(index, raisedNanos);
        pri.take(length);
        tally.add(Counter.REQUESTS, length);
        return index;
    }

    /** A fault of the group misses; all do before the first request is sent, which may be answered at once. */
    void miss(final int slot, final int k, final int fault) {
        groups.setFault(slot, k, fault, pages.timesMapped(fault));
    }

    /** Send a request; its group may be answered from within the call. */
    void send(final int index, final int fault, final boolean isLast) {
        port.pageRequest(requesterId, pages.pasid(fault),
                pages.request(fault, index) | (isLast ? PageRequestMessage.LAST : 0));
    }

    /** Say that no request of a PASID follows; takes no credit. */
    void sendStopMarker(final int pasid) {
        tally.increment(Counter.STOP_MARKERS_SENT);
        port.pageRequest(requesterId, pasid, PageRequestMessage.STOP_MARKER);
    }
}
