/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.faultring.bench.rules.RulesRing.Moves;
import org.faultring.ring.PageResponseFlyweight;

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

    private final RingMode mode;
    private final FaultingDevice device;
    private final RulesRing ring;
    private final RingRequests requests;
    private final TreeSet<Integer> cookies = new TreeSet<>();
    private final List<Line> lines = new ArrayList<>();

    RingScript(final Subject subject, final RingForm form, final RingMode mode, final int recordsPerRead) {
        this.mode = mode;
        device = new FaultingDevice(subject);
        ring = subject.ring(device.queue.file, mode, ENTRIES);
        requests = new RingRequests(form, ring.ring(), device.queue.file, recordsPerRead, cookies);
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
            device.raise();
            if (mode.isAtOnce()) {
                ring.settle(requests);
            }
        }
        return count;
    }

    private int read(final int count) {
        final int bytes = device.queue.read(count);
        for (int i = 0; i < bytes / FaultQueue.RECORD; i++) {
            cookies.add(device.queue.record(i).cookie());
        }
        return bytes;
    }

    /** Number of answers that were taken, or what was wrong with the first that was not. */
    private int answer(final int count) {
        int taken = 0;
        while (taken < count && !cookies.isEmpty()) {
            final int result = device.queue.write(cookies.pollFirst(), PageResponseFlyweight.SUCCESS);
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
        device.close();
    }
}
