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
    /** Bits of the prefix beside the PASID. */
    private final int requested;

    GroupSender(final DeviceSettings settings, final PageRequestPort port, final PriCapability pri,
            final FaultPages pages,
            final GroupSlots slots, final OutstandingGroups groups, final GroupSampler sampler, final Tally tally) {
        this.requesterId = settings.requesterId();
        this.requested = settings.requested();
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

    /** Send a group of faults that follow each other. */
    void send(final int slot, final int index, final int first, final int length) {
        final FaultPages faults = pages;
        final OutstandingGroups outstanding = groups;
        for (int k = 0; k < length; k++) {
            outstanding.miss(slot, k, first + k, faults.timesMapped(first + k));
        }
        // All have missed by now: from here on the group may be answered, at the latest from within the last request.
        final PageRequestPort upstream = port;
        final int prefix = faults.pasid(first) | requested;
        for (int fault = first; fault < first + length - 1; fault++) {
            upstream.pageRequest(requesterId, prefix, faults.request(fault, index));
        }
        upstream.pageRequest(requesterId, prefix,
                faults.request(first + length - 1, index) | PageRequestMessage.LAST);
    }

    /** Send a group of the faults that were found missing. */
    void sendMissing(final int slot, final int index, final FunctionTranslations translations, final int length) {
        for (int k = 0; k < length; k++) {
            final int fault = translations.missing(k);
            groups.miss(slot, k, fault, pages.timesMapped(fault));
        }
        sendNoted(slot, index, length);
    }

    /** Send a group of faults that waited, from the place that {@link RetryQueue#removeFirst} gave. */
    void sendAgain(final int slot, final int index, final RetryQueue retries, final int place, final int length) {
        for (int k = 0; k < length; k++) {
            final int fault = retries.fault(place, k);
            groups.miss(slot, k, fault, pages.timesMapped(fault));
        }
        sendNoted(slot, index, length);
    }

    private void sendNoted(final int slot, final int index, final int length) {
        final int prefix = pages.pasid(OutstandingGroups.fault(groups.miss(slot, 0))) | requested;
        for (int k = 0; k < length; k++) {
            final int fault = OutstandingGroups.fault(groups.miss(slot, k));
            port.pageRequest(requesterId, prefix,
                    pages.request(fault, index) | (k == length - 1 ? PageRequestMessage.LAST : 0));
        }
    }

    /** The slot of a group is not needed. */
    void giveBack(final int slot) {
        slots.giveBack(slot);
    }

    /** Say that no request of a PASID follows; takes no credit. */
    void sendStopMarker(final int pasid) {
        tally.increment(Counter.STOP_MARKERS_SENT);
        port.pageRequest(requesterId, pasid, PageRequestMessage.STOP_MARKER);
    }
}
