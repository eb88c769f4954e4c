/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * An Intel VT-d IOMMU in scalable mode, as far as page requests reach: the page request queue and its overflow, and the
 * invalidation queue that carries the answers.
 *
 * <p>A register write only stores; this agent acts on it in its next duty cycle. While the queue is in overflow a
 * request that closes its group is answered by the hardware itself, any other vanishes, and stop markers vanish too.
 * The code of that answer is not in doubt for PCIe's sake (a device must try again) but was not verified on hardware,
 * so it is a setting. Before software has set the queue up, requests are answered Invalid in the same way.
 */
public final class VtdIommu implements Iommu {

    private final RegisterFile registers = new RegisterFile(VtdRegisters.LENGTH_BYTES);
    private final InterruptLine interrupt = new InterruptLine();
    private final PageRequestQueue requests;
    private final InvalidationQueue invalidations;
    private final PageGroupResponsePort[] functions = new PageGroupResponsePort[RequesterId.COUNT];
    private final Tally tally;
    private final int autoResponse;

    /**
     * An IOMMU whose queues are not set up yet.
     *
     * @param memory       that software and hardware share
     * @param autoResponse code of the hardware's own answer in overflow, 0..15;
     *                     {@link PageGroupResponseMessage#SUCCESS} unless you know better
     * @param tally        of the world that calls
     */
    public VtdIommu(final DmaMemory memory, final int autoResponse, final Tally tally) {
        this.autoResponse = Checks.range("autoResponse", autoResponse, 0, 0xF);
        this.tally = tally;
        this.requests = new PageRequestQueue(memory, interrupt, registers, tally);
        this.invalidations = new InvalidationQueue(memory, registers, this::respond);
    }

    @Override
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        functions[requesterId] = port;
    }

    @Override
    public RegisterFile registers() {
        return registers;
    }

    @Override
    public InterruptLine pageRequestInterrupt() {
        return interrupt;
    }

    @Override
    public void pageRequest(final int requesterId, final int pasid, final long message) {
        if (!requests.isEnabled()) {
            drop(requesterId, pasid, message, PageGroupResponseMessage.INVALID_REQUEST);
            return;
        }
        final PageRequestQueue.Outcome outcome = requests.offer(PageRequestDescriptor.qw0(requesterId, pasid), message);
        if (outcome == PageRequestQueue.Outcome.QUEUED) {
            return;
        }
        if (outcome == PageRequestQueue.Outcome.OVERFLOWED) {
            tally.increment(Counter.OVERFLOWS);
        }
        drop(requesterId, pasid, message, autoResponse);
    }

    /** A request that is not queued: answered if it closes its group. */
    private void drop(final int requesterId, final int pasid, final long message, final int code) {
        if (PageRequestMessage.isStopMarker(message, pasid)) {
            return;
        }
        if (PageRequestMessage.isLast(message)) {
            tally.increment(Counter.AUTO_ANSWERED);
            respond(requesterId, pasid, PageRequestMessage.groupIndex(message), code);
        } else {
            tally.increment(Counter.DROPPED_IN_OVERFLOW);
        }
    }

    private void respond(final int requesterId, final int pasid, final int groupIndex, final int code) {
        final PageGroupResponsePort function = functions[requesterId];
        if (function == null) {
            tally.increment(Counter.UNEXPECTED_RESPONSES);
        } else {
            function.pageGroupResponse(pasid, PageGroupResponseMessage.of(requesterId, groupIndex, code));
        }
    }

    @Override
    public int doWork() {
        requests.applyWrites();
        requests.endCycle();
        invalidations.applyWrites();
        return invalidations.doWork();
    }
}
