/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.LinuxFaultObject;

/**
 * Watches one fault object from the kernel's side and from its owner's: what arrives, that it wakes once, and whom a
 * change of an attachment answers.
 */
final class ObjectWatch {

    private final Watch watch;
    private final KernelWatch kernel;
    private final MirrorObject mirror;
    private final int number;
    private LinuxFaultObject wakes;

    ObjectWatch(final Watch watch, final KernelWatch kernel, final MirrorObject mirror, final int number) {
        this.watch = watch;
        this.kernel = kernel;
        this.mirror = mirror;
        this.number = number;
    }

    /** The object itself, whose wake-ups are counted. */
    void wakes(final FaultFile file) {
        if (file instanceof final LinuxFaultObject object) {
            wakes = object;
        }
    }

    FaultSink sink(final FaultSink sink) {
        return new Arrivals(sink);
    }

    FaultObject object(final FaultObject object) {
        return new Owned(object);
    }

    private long wakeUps() {
        return wakes == null ? 0 : wakes.wakes().get();
    }

    /** Between fault layer and object. */
    private final class Arrivals implements FaultSink {

        private final FaultSink sink;
        private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        private long seenPosition;

        private Arrivals(final FaultSink sink) {
            this.sink = sink;
        }

        @Override
        public FaultRing ring() {
            return sink.ring();
        }

        @Override
        public void groupArrived() {
            final long before = wakeUps();
            sink.groupArrived();
            final MirrorGroup group = arrivedGroup();
            mirror.arrive(group);
            watch.reachIf(RareState.ARRIVED_AT_CLOSED, mirror.isClosed());
            kernel.arrived(group);
            watch.check(Invariant.ONE_WAKE, wakes == null || wakeUps() == before + 1,
                    () -> "object=" + number + " " + group + " caused " + (wakeUps() - before) + " wake-ups");
        }

        private MirrorGroup arrivedGroup() {
            final FaultRing ring = ring();
            final List<MirrorRecord> records = new ArrayList<>();
            final long end = ring.producerPosition();
            int device = -1;
            int groupIndex = -1;
            int attachment = -1;
            for (long at = seenPosition; at < end; at++) {
                slot.wrap(ring.buffer(), ring.slotOffset(at));
                records.add(MirrorRecord.of(slot));
                device = slot.deviceId() - 1;
                groupIndex = slot.groupIndex();
                attachment = slot.attachment();
            }
            seenPosition = end;
            return new MirrorGroup(device, groupIndex, attachment, records);
        }

        @Override
        public boolean takesOver() {
            return sink.takesOver();
        }

        @Override
        public void cycleEnded() {
            sink.cycleEnded();
        }
    }

    /** Between the owner and the object. */
    private final class Owned implements FaultObject {

        private final FaultObject object;

        private Owned(final FaultObject object) {
            this.object = object;
        }

        @Override
        public FaultSink sink() {
            return object.sink();
        }

        @Override
        public OneToOneResponseRing responses() {
            return object.responses();
        }

        @Override
        public int autoRespond(final int attachment) {
            watch.reachIf(RareState.DETACH_AMONG_OTHERS,
                    mirror.unread().size() + mirror.read().size() > mirror.ofAttachment(attachment).size());
            final List<MirrorGroup> expected = mirror.autoRespond(attachment);
            final int answered = object.autoRespond(attachment);
            watch.event(() -> "auto-respond object=" + number + " attachment=" + attachment + " -> " + answered);
            watch.check(Invariant.AUTO_RESPONSE, answered == expected.size(), () -> "object=" + number
                    + " attachment=" + attachment + " answered " + answered + " groups, expected " + expected);
            return answered;
        }
    }
}
