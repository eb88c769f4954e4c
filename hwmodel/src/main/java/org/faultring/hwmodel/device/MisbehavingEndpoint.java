/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Makes a well-behaved function misbehave on purpose: stands between it and the root complex, spoils what it sends as
 * its {@link Misbehaviour} says, and counts that. The function itself knows nothing of it, so answers to spoiled
 * requests come to it as to a function that has lost count: unexpected ones, or none.
 *
 * <pre>{@code
 * final MisbehavingEndpoint rogue = new MisbehavingEndpoint(misbehaviour, requesterId, iommu, pri, tally);
 * final EndpointDevice device = new EndpointDevice(settings, rogue, rogue.believedPri(), ...);
 * rogue.connect(device);
 * iommu.connect(requesterId, rogue);
 * }</pre>
 *
 * <p>A function that gives itself credits goes by a capability of its own, {@link #believedPri()}, not by the one that
 * software enables: it sends before it is enabled and after it is disabled, too.
 *
 * <p>Belongs to the hardware world; bounded memory, allocates nothing after set-up.
 */
public final class MisbehavingEndpoint implements PageRequestPort, PageGroupResponsePort {

    /** A PASID that is surely not the group's own: its highest bit is turned over. */
    private static final int WRONG_PASID_BIT = 1 << 19;
    private static final int NONE = -1;

    private final PageRequestPort upstream;
    private final PriCapability granted;
    private final PriCapability believed;
    private final Tally tally;
    private final RequestFlood flood;
    private final EveryNth withholdLast;
    private final EveryNth repeatIndex;
    private final EveryNth wrongPasid;

    private PageGroupResponsePort function = (pasid, message) -> {};
    /** Requests sent under each index since its last answer. */
    private final int[] sent = new int[PageRequestMessage.GROUP_INDEXES];
    private int inFlight;

    private boolean inGroup;
    private boolean lastWithheld;
    private boolean pasidWrong;
    /** Index under which the group is sent instead of its own, or {@link #NONE}. */
    private int repeated = NONE;
    private int previousIndex = NONE;

    /**
     * A rogue without a function.
     *
     * @param misbehaviour what it does
     * @param requesterId  of the function
     * @param upstream     where requests go
     * @param granted      capability of the function, as software sees it
     * @param tally        of the world that calls
     */
    public MisbehavingEndpoint(final Misbehaviour misbehaviour, final int requesterId, final PageRequestPort upstream,
            final PriCapability granted, final Tally tally) {
        this.upstream = upstream;
        this.granted = granted;
        this.tally = tally;
        if (misbehaviour.ownCredits() == 0) {
            believed = granted;
        } else {
            believed = new PriCapability(misbehaviour.ownCredits());
            believed.enable(misbehaviour.ownCredits());
        }
        flood = new RequestFlood(this::forward, requesterId, misbehaviour.floodPerTurn(), misbehaviour.seed(), tally);
        withholdLast = new EveryNth(misbehaviour.withholdLastEvery());
        repeatIndex = new EveryNth(misbehaviour.repeatIndexEvery());
        wrongPasid = new EveryNth(misbehaviour.wrongPasidEvery());
    }

    /**
     * Set-up: the function behind this.
     *
     * @param newFunction gets the answers
     */
    public void connect(final PageGroupResponsePort newFunction) {
        function = newFunction;
    }

    /**
     * The capability by which the function goes.
     *
     * @return the one given, or one with the credits that the function gives itself
     */
    public PriCapability believedPri() {
        return believed;
    }

    /**
     * One duty cycle: flood.
     *
     * @return requests sent
     */
    public int doWork() {
        return flood.doWork();
    }

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        if (PageRequestMessage.isStopMarker(message, prefix)) {
            upstream.pageRequest(requesterId, prefix, message);
            return;
        }
        if (!inGroup) {
            beginGroup(prefix);
        }
        // Noted before anything is sent: the next group may begin from within.
        final boolean isLast = PageRequestMessage.isLast(message);
        inGroup = !isLast;
        long spoiled = message;
        if (repeated != NONE) {
            spoiled = PageRequestMessage.of(message, repeated,
                    message & (PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST));
        }
        if (isLast) {
            previousIndex = PageRequestMessage.groupIndex(spoiled);
            if (lastWithheld) {
                spoiled &= ~PageRequestMessage.LAST;
            }
        }
        forward(requesterId, pasidWrong ? prefix ^ WRONG_PASID_BIT : prefix, spoiled);
    }

    private void beginGroup(final int prefix) {
        lastWithheld = withholdLast.next();
        if (lastWithheld) {
            tally.increment(Counter.LASTS_WITHHELD);
        }
        pasidWrong = PasidPrefix.isPresent(prefix) && wrongPasid.next();
        if (pasidWrong) {
            tally.increment(Counter.WRONG_PASIDS);
        }
        repeated = NONE;
        if (previousIndex != NONE && sent[previousIndex] > 0 && repeatIndex.next()) {
            repeated = previousIndex;
            tally.increment(Counter.INDEXES_REPEATED);
        }
    }

    private void forward(final int requesterId, final int prefix, final long message) {
        if (inFlight >= granted.limit()) {
            tally.increment(Counter.REQUESTS_WITHOUT_CREDIT);
        }
        sent[PageRequestMessage.groupIndex(message)]++;
        inFlight++;
        upstream.pageRequest(requesterId, prefix, message);
    }

    @Override
    public void pageGroupResponse(final int pasid, final long message) {
        final int index = PageGroupResponseMessage.groupIndex(message);
        inFlight -= sent[index];
        sent[index] = 0;
        function.pageGroupResponse(pasid, message);
    }

    /**
     * Requests sent under indexes that have not been answered since, as the host could count them.
     *
     * @return the count
     */
    public int inFlight() {
        return inFlight;
    }
}
