/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.PageResponseFlyweight;

/**
 * What a fault object holds that is mapped into its handler: open groups by the cookie that they arrived with, records
 * that the handler has not taken, answers that it has offered. Its handler tells what it takes and offers.
 */
final class MirrorRing extends Mirror {

    /** No deadline. */
    static final int NEVER = -1;

    /** A record in the ring. */
    private record Taken(MirrorRecord record, int cookie) {}

    /** An answer in the ring. */
    private record Offered(int cookie, int code) {}

    private final Watch watch;
    private final int number;
    private final int deadlineCode;
    /** In order of arrival. */
    private final Map<Integer, MirrorGroup> open = new LinkedHashMap<>();
    private final Deque<Taken> inRing = new ArrayDeque<>();
    private final Deque<Offered> offered = new ArrayDeque<>();
    /** Attachments that have gone and whose groups are being answered. */
    private final Set<Integer> leaving = new HashSet<>();

    /** An object without groups; the code is that of groups whose handler is too late, or {@link #NEVER}. */
    MirrorRing(final Watch watch, final int number, final int deadlineCode) {
        this.watch = watch;
        this.number = number;
        this.deadlineCode = deadlineCode;
    }

    @Override
    void arrive(final MirrorGroup group) {
        final MirrorGroup other = open.put(group.cookie(), group);
        watch.check(Invariant.ONE_PLACE, other == null, () -> group + " arrived under cookie " + group.cookie()
                + " of " + other);
        group.records().forEach(record -> inRing.add(new Taken(record, group.cookie())));
    }

    /** The handler has taken a record. */
    void taken(final FaultSlotFlyweight slot) {
        final Taken got = new Taken(MirrorRecord.of(slot), slot.cookie());
        final Taken want = inRing.poll();
        watch.check(Invariant.ARRIVAL_ORDER, got.equals(want),
                () -> "object=" + number + " gave " + got + ", expected " + want);
        final MirrorGroup group = open.get(slot.cookie());
        watch.reachIf(RareState.TAKEN_AFTER_ITS_ANSWER, group == null);
        if (group != null && slot.isLast()) {
            group.take();
        }
    }

    /** The handler has offered an answer. */
    void offered(final int cookie, final int code) {
        watch.event(() -> "offer object=" + number + " " + cookie + ":" + code);
        watch.reachIf(RareState.LATE_ANSWER_REFUSED, !open.containsKey(cookie));
        watch.reachIf(RareState.BAD_CODE, !PageResponseFlyweight.isUserCode(code));
        offered.add(new Offered(cookie, code));
    }

    /** An attachment has gone: its groups are answered by and by. */
    void leave(final int attachment) {
        leaving.add(attachment);
    }

    /** All groups of an attachment that has gone should be answered by now. */
    void left(final int attachment) {
        leaving.remove(attachment);
    }

    private boolean isGood(final Offered answer) {
        return open.containsKey(answer.cookie()) && PageResponseFlyweight.isUserCode(answer.code());
    }

    @Override
    List<DueAnswer> due(final int device, final int groupIndex) {
        // Cookies do not come again, so what is no good now never will be.
        while (!offered.isEmpty() && !isGood(offered.peek())) {
            offered.poll();
        }
        final List<DueAnswer> due = new ArrayList<>();
        if (!offered.isEmpty()) {
            final Offered next = offered.peek();
            due.add(due(open.get(next.cookie()), next.code(), () -> answer(offered.poll())));
        }
        for (final MirrorGroup group : open.values()) {
            if (leaving.contains(group.attachment())) {
                due.add(due(group, PageResponseFlyweight.INVALID, () -> answer(group, PageResponseFlyweight.INVALID)));
            }
        }
        if (deadlineCode != NEVER && !open.isEmpty()) {
            // The group that arrived first may be too old.
            final MirrorGroup oldest = open.values().iterator().next();
            due.add(due(oldest, deadlineCode, () -> expire(oldest)));
        }
        due.removeIf(answer -> !answer.group().is(device, groupIndex));
        return due;
    }

    private static DueAnswer due(final MirrorGroup group, final int code, final Runnable told) {
        return new DueAnswer(group, code, Invariant.COOKIE_SPENT, told);
    }

    private void expire(final MirrorGroup group) {
        watch.reach(RareState.GROUP_EXPIRED);
        group.expire();
        answer(group, deadlineCode);
    }

    private void answer(final Offered answer) {
        answer(open.get(answer.cookie()), answer.code());
    }

    private void answer(final MirrorGroup group, final int code) {
        open.remove(group.cookie());
        group.answer(code);
    }

    @Override
    List<MirrorGroup> ofAttachment(final int attachment) {
        return open.values().stream().filter(group -> group.attachment() == attachment).toList();
    }

    @Override
    boolean holds(final int device, final int groupIndex) {
        return open.values().stream().anyMatch(group -> group.is(device, groupIndex));
    }

    @Override
    List<MirrorGroup> answered() {
        return offered.stream().filter(this::isGood).map(answer -> open.get(answer.cookie())).distinct().toList();
    }

    @Override
    boolean isEmpty() {
        return inRing.isEmpty();
    }

    @Override
    List<MirrorGroup> unserved() {
        return List.copyOf(open.values());
    }

    @Override
    boolean has(final int device, final MirrorGroup.Place place) {
        return place == MirrorGroup.Place.ANSWERED
                ? answered().stream().anyMatch(group -> group.device() == device)
                : open.values().stream().anyMatch(group -> group.device() == device && group.place() == place);
    }

    /** A handler that dies closes nothing that could be seen. */
    @Override
    boolean isClosed() {
        return false;
    }
}
