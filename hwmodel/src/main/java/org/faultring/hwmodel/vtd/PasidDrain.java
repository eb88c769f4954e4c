/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.function.IntPredicate;

import org.faultring.hwmodel.pci.PageRequestMessage;

/**
 * Draining the page requests of one PASID of a function, before its page table goes away
 * ({@code intel_iommu_drain_pasid_prq}, drivers/iommu/intel/prq.c).
 *
 * <p>Its requests leave the queue, then the software queue behind it; a fence, the invalidations of IOMMU and device,
 * and a wait with page request drain go to the hardware; and again if the queue is in overflow after that, since
 * automatic answers may still be under way then. Where Linux waits there is a state.
 *
 * <p>Kernel world; allocates nothing.
 */
final class PasidDrain {

    private enum State {
        IDLE, SCAN, PASS_BEFORE_SCAN, FLUSH, SUBMITTED, PASS_BEFORE_SUBMISSION
    }

    private final PageRequestDrain requests;
    private final InvalidationSubmission invalidation;
    private final InvalidationBatch batch = new InvalidationBatch();
    private IntPredicate flushed = device -> true;
    private State state = State.IDLE;
    private int device;
    private int requesterId;
    private int pasid;
    private int domain;
    private int physicalFunctionId;
    private int queueDepth;
    /** Passes of the drain when the wait for one began. */
    private int passes;

    PasidDrain(final PageRequestDrain requests, final InvalidationSubmission invalidation) {
        this.requests = requests;
        this.invalidation = invalidation;
    }

    void flushedBy(final IntPredicate newFlushed) {
        flushed = newFlushed;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }

    void begin(final int newDevice, final int newRequesterId, final int newPasid, final int newDomain,
            final int newPhysicalFunctionId, final int newQueueDepth) {
        device = newDevice;
        requesterId = newRequesterId;
        pasid = newPasid;
        domain = newDomain;
        physicalFunctionId = newPhysicalFunctionId;
        queueDepth = newQueueDepth;
        state = State.SCAN;
    }

    int doWork() {
        return state == State.IDLE ? 0 : step();
    }

    private int step() {
        return switch (state) {
            case IDLE -> 0;
            case SCAN -> scan();
            case PASS_BEFORE_SCAN -> awaitPass(State.SCAN);
            case FLUSH -> flush();
            case SUBMITTED -> awaitHardware();
            case PASS_BEFORE_SUBMISSION -> awaitPass(State.FLUSH);
        };
    }

    private int scan() {
        passes = requests.passes();
        return become(requests.holds(requesterId, pasid) ? State.PASS_BEFORE_SCAN : State.FLUSH);
    }

    private int awaitPass(final State then) {
        return requests.passes() == passes ? 0 : become(then);
    }

    private int flush() {
        if (!flushed.test(device)) {
            return 0;
        }
        // A pass that ends while the hardware works counts.
        passes = requests.passes();
        invalidation.submit(fill());
        return become(State.SUBMITTED);
    }

    private InvalidationBatch fill() {
        batch.begin(domain).drainPageRequests().add(WaitDescriptor.qw0(WaitDescriptor.FENCE, InvalidationRing.DONE), 0);
        if (pasid == PageRequestMessage.NO_PASID) {
            return batch.add(IotlbDescriptor.qw0(IotlbDescriptor.DOMAIN, domain, 0), 0)
                    .add(DeviceTlbDescriptor.qw0(requesterId, physicalFunctionId, queueDepth),
                            DeviceTlbDescriptor.qw1(0, DeviceTlbDescriptor.EVERYTHING));
        }
        return batch.add(IotlbDescriptor.pasidQw0(IotlbDescriptor.WHOLE_PASID, domain, pasid), 0)
                .add(DeviceTlbDescriptor.pasidQw0(requesterId, physicalFunctionId, pasid, queueDepth),
                        DeviceTlbDescriptor.pasidQw1(0, DeviceTlbDescriptor.EVERYTHING));
    }

    private int awaitHardware() {
        if (batch.isUnderWay()) {
            return 0;
        }
        // Linux does not ask how the submission ended.
        return become(requests.isOverflowed() ? State.PASS_BEFORE_SUBMISSION : State.IDLE);
    }

    private int become(final State next) {
        state = next;
        return 1;
    }
}
