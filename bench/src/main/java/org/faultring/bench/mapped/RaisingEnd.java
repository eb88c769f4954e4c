/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.nio.ByteBuffer;

import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.MappedDevice;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseHandler;
import org.faultring.ring.StageTimes;

/** The device of a mapped ring, until all is answered. */
final class RaisingEnd extends JavaEnd {

    private final MappedDevice device;
    private final int faults;
    private final PageResponseHandler onAnswer = this::onAnswer;
    private int raised;
    private int answered;

    RaisingEnd(final MappedDevice device, final int faults, final int core) {
        super(core);
        this.device = device;
        this.faults = faults;
    }

    @Override
    boolean isDone() {
        return answered == faults;
    }

    @Override
    boolean step() {
        final int before = raised;
        // A local, told after the stretch: see ProducingEnd.
        int next = before;
        while (next < faults) {
            final long position = device.tryClaim(1);
            if (position < 0) {
                break;
            }
            fill(device.buffer(), device.slotOffset(position), next);
            device.commit(next);
            next++;
        }
        raised = next;
        return device.poll(onAnswer, LIMIT) > 0 || next != before;
    }

    /** What mapped.cpp writes into a slot as well. */
    static void fill(final ByteBuffer buffer, final int offset, final int number) {
        FaultSlotEncoder.fault(buffer, offset, PageFaultFlyweight.LAST_PAGE, 1, 0, 0, PageFaultFlyweight.READ, number,
                number);
        FaultSlotEncoder.route(buffer, offset, StageTimes.NOT_SAMPLED, 0, 1);
    }

    private void onAnswer(final int cookie, final int code) {
        answered++;
    }
}
