/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.FaultRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FileShape;

/** User space with a ring on a fault file, and a kernel that reports faults of its own accord. */
final class RingUser {

    static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    static final int PART = 16 * RECORD;
    static final int ANSWERS = 4096;

    /** A completion. */
    record Completion(long userData, int result, int flags) {}

    final Kernel kernel = new Kernel(1 << 12, 64, 1);
    final LinuxFaultObject object;
    final ModelIoRing ring;
    final int file;
    final int buffer;
    final ByteBuffer memory = RingMemory.allocate(1 << 16);
    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final PageResponder responder;
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private int raised;

    RingUser(final FileShape shape, final int entries) {
        this(shape, entries, 2 * entries);
    }

    RingUser(final FileShape shape, final int entries, final int completions) {
        this(shape, WakeRule.EACH_GROUP, entries, completions);
    }

    RingUser(final FileShape shape, final WakeRule wakeRule, final int entries, final int completions) {
        object = new LinuxFaultObject(1 << 10, 1 << 12, shape, wakeRule);
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(object.sink()), 1);
        responder = kernel.responder(object.responses());
        ring = new ModelIoRing(entries, completions, tally);
        file = ring.registerFile(object);
        buffer = ring.registerBuffer(memory);
    }

    /** Faults, each a group. */
    void raise(final int faults) {
        for (int i = 0; i < faults; i++) {
            raised++;
            kernel.report(0, Kernel.LAST, 0, raised & 0x1FF, raised * 4096L);
        }
    }

    FaultRing queue() {
        return object.sink().ring();
    }

    void post(final int reads, final int flags) {
        for (int i = 0; i < reads; i++) {
            assertTrue(ring.prepareRead(file, buffer, i * PART, PART, flags, i));
        }
        assertEquals(reads, ring.submit());
    }

    /** Bytes of an answer at a place. */
    void answer(final int offset, final int cookie) {
        response.wrap(memory, offset).set(cookie, PageResponseFlyweight.SUCCESS);
    }

    /** Lets everything happen that can, and takes what has completed. */
    List<Completion> take() {
        final List<Completion> all = new ArrayList<>();
        boolean isBusy = true;
        while (isBusy) {
            isBusy = ring.forEachCompletion((data, result, flags) -> all.add(new Completion(data, result, flags)),
                    Integer.MAX_VALUE) > 0;
            isBusy |= ring.workers().doWork() > 0;
        }
        while (responder.doWork() > 0) {
            continue;
        }
        return all;
    }

    List<Integer> results() {
        return take().stream().map(Completion::result).toList();
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    /** Wakes, useless tries, hops, spurious completions, completions. */
    List<Long> counts() {
        return List.of(count(Counter.RING_WAKES), count(Counter.RING_RETRIES), count(Counter.RING_HOPS),
                count(Counter.RING_SPURIOUS), count(Counter.RING_COMPLETIONS));
    }
}
