/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.ForwardingFaultObject;
import org.faultring.ring.kernel.ForwardingFaultSink;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.Overload;

/**
 * Watches one fault object from the kernel's side and from its owner's: what arrives, that it wakes once, and whom a
 * change of an attachment answers.
 */
final class ObjectWatch {

    private final Watch watch;
    private final KernelWatch kernel;
    private final Mirror mirror;
    private final int number;
    private LinuxFaultObject wakes;

    ObjectWatch(final Watch watch, final KernelWatch kernel, final Mirror mirror, final int number) {
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
        if (mirror instanceof final MirrorObject groups) {
            return new Owned(object, groups);
        }
        return mirror instanceof final MirrorRing groups ? new OwnedRing(object, groups) : new OwnedByKernel(object);
    }

    private long wakeUps() {
        return wakes == null ? 0 : wakes.wakes().get();
    }

    /** Between fault layer and object. */
    private final class Arrivals extends ForwardingFaultSink {

        private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        private long seenPosition;

        private Arrivals(final FaultSink sink) {
            super(sink);
        }

        @Override
        public Overload overload(final int device, final int length) {
            final Overload rule = super.overload(device, length);
            kernel.overloaded(rule);
            return rule;
        }

        @Override
        public void groupArrived(final int handle, final int attachment) {
            final long before = wakeUps();
            super.groupArrived(handle, attachment);
            final MirrorGroup group = arrivedGroup();
            mirror.arrive(group);
            watch.reachIf(RareState.ARRIVED_AT_CLOSED, mirror.isClosed());
            kernel.arrived(number, group);
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
            int cookie = -1;
            for (long at = seenPosition; at < end; at++) {
                slot.wrap(ring.buffer(), ring.slotOffset(at));
                records.add(MirrorRecord.of(slot));
                device = slot.deviceId() - 1;
                groupIndex = slot.groupIndex();
                attachment = slot.attachment();
                cookie = slot.cookie();
            }
            seenPosition = end;
            return new MirrorGroup(device, groupIndex, attachment, cookie, records);
        }
    }

    /** Between the owner and an object of Linux's. */
    private final class Owned extends ForwardingFaultObject {

        private final MirrorObject groups;

        private Owned(final FaultObject object, final MirrorObject groups) {
            super(object);
            this.groups = groups;
        }

        @Override
        public int autoRespond(final int attachment) {
            watch.reachIf(RareState.DETACH_AMONG_OTHERS,
                    groups.unread().size() + groups.read().size() > groups.ofAttachment(attachment).size());
            final List<MirrorGroup> expected = groups.autoRespond(attachment);
            final int answered = super.autoRespond(attachment);
            watch.event(() -> "auto-respond object=" + number + " attachment=" + attachment + " -> " + answered);
            watch.check(Invariant.AUTO_RESPONSE, answered == expected.size(), () -> "object=" + number
                    + " attachment=" + attachment + " answered " + answered + " groups, expected " + expected);
            return answered;
        }
    }

    /** Between the owner and an object that is a ring, whose groups the kernel world answers by and by. */
    private final class OwnedRing extends ForwardingFaultObject {

        private final MirrorRing groups;

        private OwnedRing(final FaultObject object, final MirrorRing groups) {
            super(object);
            this.groups = groups;
        }

        @Override
        public int autoRespond(final int attachment) {
            groups.leave(attachment);
            final int answered = super.autoRespond(attachment);
            if (answered != PENDING) {
                groups.left(attachment);
                watch.event(() -> "auto-respond object=" + number + " attachment=" + attachment + " -> " + answered);
                watch.check(Invariant.AUTO_RESPONSE, groups.ofAttachment(attachment).isEmpty(), () -> "object="
                        + number + " attachment=" + attachment + " left " + groups.ofAttachment(attachment));
            }
            return answered;
        }
    }

    /** Between the owner and the kernel, which answers what is under way in its time. */
    private final class OwnedByKernel extends ForwardingFaultObject {

        private OwnedByKernel(final FaultObject object) {
            super(object);
        }

        @Override
        public int autoRespond(final int attachment) {
            final int answered = super.autoRespond(attachment);
            watch.check(Invariant.AUTO_RESPONSE, answered == 0,
                    () -> "attachment=" + attachment + " answered " + answered + " groups of the kernel's");
            return answered;
        }
    }
}
