/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * What a function does about answers, by the rules of PCIe's Page Request Interface. Success: translate again, and ask
 * again for what is still missing. Invalid Request: the work behind the group fails. Response Failure and reserved
 * codes: RF is set, and nothing is asked and no answer accepted until software has reset the interface. An answer that
 * names no outstanding group: UPRGI is set, nothing else. Hardware world; allocates nothing.
 */
final class GroupAnswers {

    private final PriCapability pri;
    private final FaultPages pages;
    private final GroupSlots slots;
    private final OutstandingGroups groups;
    private final RetryQueue retries;
    private final StoppedPasids stops;
    private final FailedFaults failed;
    private final GroupSampler sampler;
    private final Tally tally;
    /** Null for a function that does not translate. */
    private FunctionTranslations translations;

    GroupAnswers(final PriCapability pri, final FaultPages pages, final GroupSlots slots,
            final OutstandingGroups groups, final RetryQueue retries, final StoppedPasids stops,
            final FailedFaults failed, final GroupSampler sampler, final Tally tally) {
        this.pri = pri;
        this.pages = pages;
        this.slots = slots;
        this.groups = groups;
        this.retries = retries;
        this.stops = stops;
        this.failed = failed;
        this.sampler = sampler;
        this.tally = tally;
    }

    /** Set-up: ask the cache whether a page is there. */
    void translateThrough(final FunctionTranslations newTranslations) {
        translations = newTranslations;
    }

    void accept(final int pasid, final long message) {
        if (pri.hasFailed()) {
            tally.increment(Counter.IGNORED_RESPONSES);
            return;
        }
        final int slot = slots.find(pasid, PageGroupResponseMessage.groupIndex(message));
        final int length = slot == GroupSlots.NONE ? 0 : groups.length(slot);
        if (length == 0) {
            pri.unexpectedIndex();
            tally.increment(Counter.UNEXPECTED_RESPONSES);
            return;
        }
        final int code = PageGroupResponseMessage.code(message);
        if (code == PageGroupResponseMessage.SUCCESS) {
            translateAgain(slot, length);
        } else if (code == PageGroupResponseMessage.INVALID_REQUEST) {
            fail(slot, length, WorkError.INVALID_REQUEST);
        } else {
            pri.responseFailure();
            fail(slot, length, WorkError.RESPONSE_FAILURE);
            failWaiting(WorkError.RESPONSE_FAILURE);
        }
        groups.close(slot);
        slots.giveBack(slot);
        pri.giveBack(length);
        tally.add(Counter.CREDITS_RETURNED, length);
    }

    private void translateAgain(final int slot, final int length) {
        int missing = 0;
        boolean waits = false;
        for (int k = 0; k < length; k++) {
            final long miss = groups.miss(slot, k);
            if (isMissing(miss)) {
                waits |= askAgain(slot, OutstandingGroups.fault(miss), waits);
                missing++;
            }
        }
        tally.add(Counter.FAULTS_RESOLVED, length - missing);
        if (missing == 0 && groups.raisedNanos(slot) != StageTimes.NOT_SAMPLED) {
            sampler.resolved(slots.index(slot));
        }
    }

    /** In a replay a page is there if it was mapped since it missed. */
    private boolean isMissing(final long miss) {
        final int fault = OutstandingGroups.fault(miss);
        return translations == null ? pages.timesMapped(fault) == OutstandingGroups.mappedBefore(miss)
                : translations.isMissing(fault);
    }

    /** Have the page of a fault asked for again, unless there is no sense in that; whether it waits. */
    private boolean askAgain(final int slot, final int fault, final boolean othersWait) {
        if (translations != null && translations.lastError() != null) {
            failed.add(fault, translations.lastError());
            return false;
        }
        if (stops.isStopped(pages.pasid(fault))) {
            failed.add(fault, WorkError.PASID_STOPPED);
            return false;
        }
        if (!othersWait) {
            retries.open(groups.raisedNanos(slot));
        }
        retries.addFault(fault);
        return true;
    }

    private void fail(final int slot, final int length, final WorkError error) {
        for (int k = 0; k < length; k++) {
            failed.add(OutstandingGroups.fault(groups.miss(slot, k)), error);
        }
    }

    /** The oldest group that waits to be asked for again never will be. */
    void failFirstWaiting(final WorkError error) {
        final int length = retries.firstLength();
        final int place = retries.removeFirst();
        for (int k = 0; k < length; k++) {
            failed.add(retries.fault(place, k), error);
        }
    }

    private void failWaiting(final WorkError error) {
        while (retries.size() > 0) {
            failFirstWaiting(error);
        }
    }

    /**
     * A reset: no group is outstanding any more, and the work behind all of them fails. An answer that comes late
     * finds no group, or one that has the same index by then.
     *
     * @return requests given up
     */
    int giveUp() {
        int requests = 0;
        for (int slot = 0; slot < slots.slots(); slot++) {
            final int length = groups.length(slot);
            if (length > 0) {
                requests += length;
                fail(slot, length, WorkError.RESET);
                groups.close(slot);
                slots.giveBack(slot);
            }
        }
        failWaiting(WorkError.RESET);
        tally.add(Counter.GIVEN_UP, requests);
        return requests;
    }
}
