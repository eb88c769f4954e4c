/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.ForwardingPageResponsePort;
import org.faultring.ring.kernel.ForwardingReportPort;
import org.faultring.ring.kernel.Overload;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;

/**
 * Watches what drivers report and what they are told: that each request ends as it must, and that groups are whole.
 * Stands on both sides of the fault layer.
 */
final class KernelWatch {

    private static final int INDEX_BITS = 16;

    private final Watch watch;
    private final List<Mirror> objects;
    private final int longestGroup;
    /** Null if nobody hands groups on. */
    private final FirstOwners owners;
    /** Requests that wait for their last one, by device and index, in order of arrival. */
    private final Map<Integer, List<MirrorRecord>> partials = new HashMap<>();
    private Attached attached;
    private ReportPort reporter;

    // What happened within the report under way.
    private boolean isReporting;
    private int answers;
    private int answerCode;
    private int answerPasid;
    private int answerIndex;
    private int arrivals;
    private MirrorGroup arrived;
    /** Rule of the fault object that had no room, null if none was asked. */
    private Overload rule;
    /** The one request that the fault layer holds back, or null. */
    private Held held;

    /** A last request that waits until its fault object has room. */
    private record Held(int device, int groupIndex, MirrorRecord request) {}

    KernelWatch(final Watch watch, final List<Mirror> objects, final int longestGroup, final FirstOwners owners) {
        this.watch = watch;
        this.objects = objects;
        this.longestGroup = longestGroup;
        this.owners = owners;
    }

    void attached(final Attached newAttached) {
        attached = newAttached;
    }

    ReportPort reports(final ReportPort newReporter) {
        reporter = newReporter;
        return new Reports(newReporter);
    }

    PageResponsePort responses(final PageResponsePort driver) {
        return new Responses(driver);
    }

    /** A group has arrived at a fault object. */
    void arrived(final int object, final MirrorGroup group) {
        arrivals++;
        arrived = group;
        if (owners != null) {
            owners.forwarded(object, group);
        } else if (!isReporting) {
            checkRetried(group);
        }
    }

    /** A fault object had no room for a group. */
    void overloaded(final Overload newRule) {
        rule = newRule;
    }

    /** Whether requests of a device wait for their last one. */
    boolean hasPartials(final int device) {
        return partials.entrySet().stream()
                .anyMatch(entry -> entry.getKey() >>> INDEX_BITS == device && !entry.getValue().isEmpty());
    }

    /** Called after each step. */
    void stepped(final int devices) {
        if (owners != null) {
            watch.reachIf(RareState.WAITED_WITH_FIRST_OWNER, !owners.isEmpty());
            if (held != null && !reporter.isHoldingBack()) {
                // It was tried again at the end of the duty cycle, and its device's owner had room.
                final Held taken = held;
                held = null;
                enter(taken.device, attached.attachmentOf(taken.device, taken.request.pasid()), taken.groupIndex,
                        taken.request);
            }
        }
        forgetRemovedDevices(devices);
    }

    /** Devices to which nothing is attached any more have been taken off, with all that waited. */
    private void forgetRemovedDevices(final int devices) {
        if (partials.isEmpty()) {
            return;
        }
        for (int device = 0; device < devices; device++) {
            if (!attached.hasHandlers(device)) {
                final int removed = device;
                watch.reachIf(RareState.REMOVED_WITH_PARTIALS,
                        partials.keySet().removeIf(key -> key >>> INDEX_BITS == removed));
            }
        }
    }

    private List<MirrorRecord> waiting(final int device, final int groupIndex) {
        return partials.computeIfAbsent(device << INDEX_BITS | groupIndex, key -> new ArrayList<>());
    }

    private void forget(final int device, final int groupIndex) {
        partials.remove(device << INDEX_BITS | groupIndex);
    }

    /** Between driver and fault layer. */
    private final class Reports extends ForwardingReportPort {

        private Reports(final ReportPort reporter) {
            super(reporter);
        }

        @Override
        public int report(final int device, final int flags, final int pasid, final int groupIndex,
                final int permissions, final long address) {
            forgetRemovedDevices(device + 1);
            final int attachment = attached.attachmentOf(device,
                    (flags & PageFaultFlyweight.PASID_VALID) != 0 ? pasid : AttachTable.NO_PASID);
            isReporting = true;
            answers = 0;
            arrivals = 0;
            rule = null;
            final int result = super.report(device, flags, pasid, groupIndex, permissions, address);
            isReporting = false;
            final MirrorRecord request = new MirrorRecord(flags, pasid, permissions, address);
            watch.event(() -> "report device=" + device + " group=" + groupIndex + " " + request + " -> "
                    + outcome(result));
            if (attachment == AttachTable.NONE) {
                checkRefused(request, groupIndex, result);
            } else if (request.isLast()) {
                if (arrivals + answers == 0 && rule == Overload.HOLD_BACK && reporter.isHoldingBack()) {
                    watch.reach(RareState.GROUP_HELD_BACK);
                    held = new Held(device, groupIndex, request);
                } else if (arrivals + answers == 0 && owners != null && result == FaultReporter.OK) {
                    enter(device, attachment, groupIndex, request);
                } else {
                    checkLast(device, attachment, groupIndex, request, result);
                }
            } else {
                checkHeld(device, groupIndex, request, result);
            }
            return result;
        }

        private String outcome(final int result) {
            return (result == 0 ? "taken" : Errno.name(-result)) + (arrivals > 0 ? ", arrived: " + arrived : "")
                    + (answers > 0 ? ", answered " + answerCode : "");
        }

        @Override
        public void discardPartials() {
            final boolean any = partials.values().stream().anyMatch(list -> !list.isEmpty());
            isReporting = true;
            answers = 0;
            super.discardPartials();
            isReporting = false;
            watch.event(() -> "discard " + partials);
            watch.check(Invariant.SILENT_DISCARD, answers == 0, () -> "a discard was answered " + answerCode);
            watch.reachIf(RareState.PARTIALS_DISCARDED, any);
            partials.clear();
        }
    }

    private void checkRefused(final MirrorRecord request, final int groupIndex, final int result) {
        watch.reachIf(RareState.PARTIAL_REFUSED, !request.isLast());
        watch.check(Invariant.FAILURES,
                result == -Errno.EINVAL && answers == 1 && answerCode == PageResponseFlyweight.INVALID && arrivals == 0,
                () -> "nothing is attached for " + request + ": result=" + result + " answers=" + answers + " code="
                        + answerCode + " arrivals=" + arrivals);
        checkAnswered(request, groupIndex);
    }

    private void checkAnswered(final MirrorRecord request, final int groupIndex) {
        watch.check(Invariant.RESPONSE_OF_LAST,
                answers != 1 || answerPasid == request.pasid() && answerIndex == groupIndex,
                () -> request + " of group " + groupIndex + " was answered as pasid=" + answerPasid + " group="
                        + answerIndex);
    }

    private void checkHeld(final int device, final int groupIndex, final MirrorRecord request, final int result) {
        watch.check(Invariant.ONE_RESPONSE, answers == 0 && arrivals == 0,
                () -> request + " closes no group: answers=" + answers + " arrivals=" + arrivals);
        if (result == FaultReporter.OK) {
            waiting(device, groupIndex).add(request);
        } else {
            watch.reach(RareState.NO_MEMORY_FOR_PARTIAL);
            watch.check(Invariant.FAILURES, result == -Errno.ENOMEM, () -> request + ": result=" + result);
        }
    }

    private void checkLast(final int device, final int attachment, final int groupIndex, final MirrorRecord request,
            final int result) {
        final List<MirrorRecord> expected = new ArrayList<>(waiting(device, groupIndex));
        expected.add(request);
        forget(device, groupIndex);
        watch.check(Invariant.ONE_RESPONSE, result == FaultReporter.OK && answers + arrivals == 1,
                () -> request + " closes a group: result=" + result + " answers=" + answers + " arrivals=" + arrivals);
        if (arrivals > 0) {
            watch.reachIf(RareState.LEFTOVERS_MERGED, expected.size() > longestGroup
                    || expected.stream().anyMatch(record -> record.pasid() != request.pasid()));
            watch.check(Invariant.WHOLE_GROUP,
                    arrived.records().equals(expected) && arrived.device() == device
                            && arrived.groupIndex() == groupIndex && arrived.attachment() == attachment,
                    () -> "arrived " + arrived + " " + arrived.records() + ", expected device=" + device + " group="
                            + groupIndex + " attachment=" + attachment + " " + expected);
        } else {
            final int code = rule == null ? PageResponseFlyweight.FAILURE : rule.code();
            watch.reach(code == PageResponseFlyweight.FAILURE ? RareState.NO_MEMORY_FOR_GROUP
                    : RareState.GROUP_OVERLOADED);
            watch.check(Invariant.FAILURES, answerCode == code,
                    () -> request + " has no group and is answered " + answerCode + ", expected " + code);
            checkAnswered(request, groupIndex);
        }
    }

    /** The owner of a device has taken a group, which nobody sees before it is handed on. */
    private void enter(final int device, final int attachment, final int groupIndex, final MirrorRecord request) {
        final List<MirrorRecord> records = new ArrayList<>(waiting(device, groupIndex));
        records.add(request);
        forget(device, groupIndex);
        owners.enter(attached.objectOf(device, request.pasid()),
                new MirrorGroup(device, groupIndex, attachment, 0, records));
    }

    /** A group arrives that was held back. */
    private void checkRetried(final MirrorGroup group) {
        final Held tried = held;
        held = null;
        if (tried == null) {
            watch.violated(Invariant.WHOLE_GROUP, group + " arrived, which nobody reported");
            return;
        }
        final List<MirrorRecord> expected = new ArrayList<>(waiting(tried.device, tried.groupIndex));
        expected.add(tried.request);
        forget(tried.device, tried.groupIndex);
        watch.check(Invariant.WHOLE_GROUP, group.is(tried.device, tried.groupIndex) && group.records().equals(expected),
                () -> "arrived " + group + " " + group.records() + ", held back " + tried + " with " + expected);
    }

    /** Whether a response ends the request that was held back: nothing is attached any more, or the path is drained. */
    private boolean endsHeld(final int device, final int pasid, final int groupIndex, final int code) {
        final Held tried = held;
        if (tried == null || tried.device != device || tried.groupIndex != groupIndex
                || tried.request.pasid() != pasid) {
            return false;
        }
        held = null;
        watch.check(Invariant.FAILURES,
                code == PageResponseFlyweight.INVALID || rule != null && code == rule.code(),
                () -> tried + " was held back and is answered " + code);
        if (code != PageResponseFlyweight.INVALID) {
            forget(device, groupIndex);
        }
        return true;
    }

    /** Between fault layer and driver. */
    private final class Responses extends ForwardingPageResponsePort {

        private Responses(final PageResponsePort driver) {
            super(driver);
        }

        @Override
        public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
            watch.event(() -> "respond device=" + device + " group=" + groupIndex + " pasid=" + pasid + " code="
                    + code);
            if (isReporting) {
                answers++;
                answerCode = code;
                answerPasid = pasid;
                answerIndex = groupIndex;
            } else {
                checkGiven(device, pasid, groupIndex, code);
            }
            super.respond(device, flags, pasid, groupIndex, code);
        }
    }

    /** A response that is not the end of a report: user space gave it, or a change of an attachment. */
    private void checkGiven(final int device, final int pasid, final int groupIndex, final int code) {
        final List<DueAnswer> due =
                objects.stream().flatMap(object -> object.due(device, groupIndex).stream()).toList();
        final DueAnswer meant = due.stream().filter(answer -> answer.is(pasid, code)).findFirst().orElse(null);
        if (meant == null && (endsHeld(device, pasid, groupIndex, code) || owners != null
                && owners.endsFirst(device, pasid, groupIndex, code, attached.isChanging()))) {
            return;
        }
        if (!due.isEmpty()) {
            final DueAnswer answer = meant == null ? due.get(0) : meant;
            answer.told().run();
            checkAnswer(answer, pasid, code);
            return;
        }
        checkUserCode(device, groupIndex, code);
        final boolean isOfClosed = objects.stream()
                .anyMatch(object -> object.isClosed() && object.holds(device, groupIndex));
        watch.violated(isOfClosed ? Invariant.CLOSE_ANSWERS_NOTHING : Invariant.ONE_RESPONSE,
                "device=" + device + " group=" + groupIndex + " pasid=" + pasid
                        + " is answered " + code + ", which nobody asked for");
    }

    private void checkAnswer(final DueAnswer answer, final int pasid, final int code) {
        final MirrorGroup group = answer.group();
        if (!group.isExpired()) {
            checkUserCode(group.device(), group.groupIndex(), code);
        }
        group.done();
        watch.check(Invariant.RESPONSE_OF_LAST, group.last().pasid() == pasid,
                () -> group + " is answered under pasid=" + pasid);
        watch.check(answer.rule(), group.code() == code,
                () -> group + " is answered " + code + ", not " + group.code());
    }

    private void checkUserCode(final int device, final int groupIndex, final int code) {
        watch.check(Invariant.USER_CODES,
                code == PageResponseFlyweight.SUCCESS || code == PageResponseFlyweight.INVALID,
                () -> "device=" + device + " group=" + groupIndex + " is answered " + code);
    }
}
