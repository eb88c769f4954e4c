/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.ForwardingFaultObject;

/**
 * What waits with the first of two owners: groups that have been reported, on their way to the fault object of their
 * page table, in order for each device and object.
 */
final class FirstOwners {

    private static final int OBJECT_BITS = 16;

    private final Watch watch;
    private final Map<Integer, Deque<MirrorGroup>> hops = new TreeMap<>();

    FirstOwners(final Watch watch) {
        this.watch = watch;
    }

    private Deque<MirrorGroup> hop(final int device, final int object) {
        return hops.computeIfAbsent(device << OBJECT_BITS | object, key -> new ArrayDeque<>());
    }

    /** A group was taken by the owner of its device. */
    void enter(final int object, final MirrorGroup group) {
        hop(group.device(), object).add(group);
    }

    /** A group has arrived at a fault object. */
    void forwarded(final int object, final MirrorGroup group) {
        final MirrorGroup first = hop(group.device(), object).poll();
        watch.check(Invariant.WHOLE_GROUP,
                first != null && first.is(group.device(), group.groupIndex())
                        && first.attachment() == group.attachment() && first.records().equals(group.records()),
                () -> "arrived " + group + " " + group.records() + ", first with its first owner was " + first
                        + (first == null ? "" : " " + first.records()));
    }

    /** Whether a response ends the first group of a hop: in a drain what finds no room is answered Success. */
    boolean endsFirst(final int device, final int pasid, final int groupIndex, final int code,
            final boolean isChanging) {
        for (final Map.Entry<Integer, Deque<MirrorGroup>> hop : hops.entrySet()) {
            final MirrorGroup first = hop.getKey() >>> OBJECT_BITS == device ? hop.getValue().peek() : null;
            if (first != null && first.is(device, groupIndex) && first.last().pasid() == pasid) {
                hop.getValue().poll();
                watch.reach(RareState.ANSWERED_WITH_FIRST_OWNER);
                watch.check(Invariant.FAILURES, isChanging && code == PageResponseFlyweight.SUCCESS,
                        () -> first + " waited with its first owner and is answered " + code);
                return true;
            }
        }
        return false;
    }

    /** Between an owner and a fault object: a change finds nothing of its attachment with a first owner. */
    FaultObject object(final int number, final FaultObject object) {
        return new ForwardingFaultObject(object) {

            @Override
            public int autoRespond(final int attachment) {
                watch.check(Invariant.AUTO_RESPONSE,
                        waiting(number).stream().noneMatch(group -> group.attachment() == attachment),
                        () -> "attachment=" + attachment + " leaves with a first owner " + waiting(number));
                return super.autoRespond(attachment);
            }
        };
    }

    /** Groups that wait for an object, in the order of their devices. */
    List<MirrorGroup> waiting(final int object) {
        return hops.entrySet().stream().filter(hop -> (hop.getKey() & (1 << OBJECT_BITS) - 1) == object)
                .flatMap(hop -> hop.getValue().stream()).toList();
    }

    boolean isEmpty() {
        return hops.values().stream().allMatch(Deque::isEmpty);
    }
}
