/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.faultring.bench.rules.RulesRing.Moves;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;

/** Posts, faults and answers on a completion ring over a fault file, and a transcript of what came of each. */
final class RingScript implements AutoCloseable {

    /**
     * A step and what came of it.
     *
     * @param text  step, result of its call, completions in their order
     * @param moves of requests, where they can be seen and the step does not take one back: Linux wakes that one
     */
    record Line(String text, Optional<Moves> moves) {}

    private static final int ENTRIES = 32;
    private static final long ADDRESS = 0x1000_0000L;
    private static final int GROUPS = 512;

    private final Subject subject;
    private final RingMode mode;
    private final FaultQueue queue;
    private final MockDevice device;
    private final RulesRing ring;
    private final RingRequests requests;
    private final TreeSet<Integer> cookies = new TreeSet<>();
    private final List<Line> lines = new ArrayList<>();
    private int raised;

    RingScript(final Subject subject, final RingForm form, final RingMode mode, final int recordsPerRead) {
        this.subject = subject;
        this.mode = mode;
        final Iommufd iommufd = subject.iommufd();
        final int addressSpace = ok(iommufd.ioasAlloc());
        device = subject.mocks().mockDevice(addressSpace, 0);
        ok(device.result());
        final int faultId = ok(iommufd.faultQueueAlloc(0));
        queue = new FaultQueue(faultId, iommufd.file(faultId));
        final int pageTable = ok(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), addressSpace,
                Iommufd.DATA_NONE, faultId));
        ok(subject.mocks().replace(device, pageTable));
        ring = subject.ring(queue.file, mode, ENTRIES);
        requests = new RingRequests(form, ring.ring(), queue.file, recordsPerRead, cookies);
    }

    private int ok(final int result) {
        assertTrue(result >= 0, () -> subject.explain(result));
        return result;
    }

    List<Line> run(final List<RingStep> steps) {
        for (final RingStep step : steps) {
            final int result = call(step);
            ring.settle(requests);
            final Optional<Moves> moves = ring.moves();
            lines.add(new Line(step.kind() + " " + step.count() + " = " + RulesContract.show(result) + ": "
                    + requests.told(), step.kind() == RingStep.Kind.CANCEL ? Optional.empty() : moves));
        }
        return lines;
    }

    private int call(final RingStep step) {
        return switch (step.kind()) {
            case POST -> post(step.count());
            case RAISE -> raise(step.count());
            case READ -> read(step.count());
            case ANSWER -> answer(step.count());
            case CANCEL -> cancel();
        };
    }

    private int post(final int count) {
        requests.prepare(count);
        return ring.ring().submit();
    }

    private int cancel() {
        requests.prepareCancel();
        return ring.ring().submit();
    }

    private int raise(final int count) {
        for (int i = 0; i < count; i++) {
            raised++;
            ok(subject.mocks().triggerFault(device.deviceId(), 0, raised % GROUPS, PageFaultFlyweight.READ,
                    ADDRESS + raised * 4096L));
            if (mode.isAtOnce()) {
                ring.settle(requests);
            }
        }
        return count;
    }

    private int read(final int count) {
        final int bytes = queue.read(count);
        for (int i = 0; i < bytes / FaultQueue.RECORD; i++) {
            cookies.add(queue.record(i).cookie());
        }
        return bytes;
    }

    /** Number of answers that were taken, or what was wrong with the first that was not. */
    private int answer(final int count) {
        int taken = 0;
        while (taken < count && !cookies.isEmpty()) {
            final int result = queue.write(cookies.pollFirst(), PageResponseFlyweight.SUCCESS);
            if (result < 0) {
                return result;
            }
            taken++;
        }
        return taken;
    }

    @Override
    public void close() {
        ring.close();
        queue.file.close();
    }
}
