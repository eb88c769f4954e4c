/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.faultring.ring.PageResponseFlyweight;

/**
 * What a fault object holds, kept in the plainest way: groups not read in order, groups read by cookie, answers that
 * the driver has not been told, in the order in which they must come.
 */
final class MirrorObject extends Mirror {

    private final Deque<MirrorGroup> unread = new ArrayDeque<>();
    private final SortedMap<Integer, MirrorGroup> read = new TreeMap<>();
    /** Each element in turn; within an element the order is open. */
    private final Deque<List<MirrorGroup>> answers = new ArrayDeque<>();
    private final BitSet cookiesUsed = new BitSet();
    /** Whether 0 counts among the cookies. */
    private boolean isZeroFree;
    /** Cookies in the table for which a bad code was given. */
    private final Set<Integer> badCodes = new HashSet<>();
    private boolean isClosed;

    Deque<MirrorGroup> unread() {
        return unread;
    }

    SortedMap<Integer, MirrorGroup> read() {
        return read;
    }

    @Override
    boolean isClosed() {
        return isClosed;
    }

    void close() {
        isClosed = true;
    }

    @Override
    void arrive(final MirrorGroup group) {
        unread.add(group);
    }

    int lowestFreeCookie() {
        int cookie = isZeroFree ? 0 : 1;
        while (read.containsKey(cookie)) {
            cookie++;
        }
        return cookie;
    }

    /** The first group is read; whether its cookie had been another's. */
    boolean readFirst(final int cookie) {
        final MirrorGroup group = unread.poll();
        group.read(cookie);
        read.put(cookie, group);
        final boolean reused = cookiesUsed.get(cookie);
        cookiesUsed.set(cookie);
        return reused;
    }

    /** Whether a cookie has been given at any time. */
    boolean wasUsed(final int cookie) {
        return cookie >= 0 && cookiesUsed.get(cookie);
    }

    /** A good code named a cookie that is not given. Linux gives 0 too, once it was named while groups were read. */
    void missed(final int cookie) {
        isZeroFree |= cookie == 0 && !read.isEmpty();
    }

    void badCode(final int cookie) {
        if (read.containsKey(cookie)) {
            badCodes.add(cookie);
        }
    }

    /** Whether the group read under a cookie was given a bad code. */
    boolean hadBadCode(final int cookie) {
        return badCodes.contains(cookie);
    }

    void answer(final int cookie, final int code) {
        badCodes.remove(cookie);
        final MirrorGroup group = read.remove(cookie);
        group.answer(code);
        answers.add(new ArrayList<>(List.of(group)));
    }

    /** Groups of an attachment, read or not, are answered Invalid. */
    List<MirrorGroup> autoRespond(final int attachment) {
        final List<MirrorGroup> answered = new ArrayList<>(ofAttachment(attachment));
        unread.removeAll(answered);
        answered.forEach(group -> badCodes.remove(group.cookie()));
        read.values().removeAll(answered);
        answered.forEach(group -> group.answer(PageResponseFlyweight.INVALID));
        if (!answered.isEmpty()) {
            answers.add(new ArrayList<>(answered));
        }
        return answered;
    }

    @Override
    List<MirrorGroup> ofAttachment(final int attachment) {
        final List<MirrorGroup> groups = new ArrayList<>();
        unread.stream().filter(group -> group.attachment() == attachment).forEach(groups::add);
        read.values().stream().filter(group -> group.attachment() == attachment).forEach(groups::add);
        return groups;
    }

    @Override
    List<DueAnswer> due(final int device, final int groupIndex) {
        return answers.isEmpty() ? List.of()
                : answers.peek().stream().filter(group -> group.is(device, groupIndex))
                        .map(group -> new DueAnswer(group, group.code(), Invariant.COOKIE_SPENT, () -> told(group)))
                        .toList();
    }

    private void told(final MirrorGroup group) {
        answers.peek().remove(group);
        if (answers.peek().isEmpty()) {
            answers.poll();
        }
    }

    @Override
    boolean holds(final int device, final int groupIndex) {
        return Stream.concat(unread.stream(), read.values().stream())
                .anyMatch(group -> group.is(device, groupIndex));
    }

    @Override
    List<MirrorGroup> answered() {
        return answers.stream().flatMap(List::stream).toList();
    }

    @Override
    boolean isEmpty() {
        return unread.isEmpty();
    }

    /** Of those that were read an answer may have been lost. */
    @Override
    List<MirrorGroup> unserved() {
        return List.copyOf(unread);
    }

    @Override
    boolean has(final int device, final MirrorGroup.Place place) {
        return switch (place) {
            case UNREAD -> unread.stream().anyMatch(group -> group.device() == device);
            case READ -> read.values().stream().anyMatch(group -> group.device() == device);
            case ANSWERED -> answered().stream().anyMatch(group -> group.device() == device);
            case DONE -> false;
        };
    }
}
