/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.PageResponseFlyweight;

/**
 * What the kernel has to resolve itself, where there is no fault object. Groups end in any order, with the code that
 * their pages say; those of a device that is taken off with Invalid.
 */
final class MirrorCore extends Mirror {

    /** A page of a process. */
    private record Page(int pasid, long address) {}

    private final IntPredicate isRemoved;
    private final Set<Page> pages = new HashSet<>();
    /** In order of arrival. */
    private final List<MirrorGroup> open = new ArrayList<>();

    /** Nothing to resolve; a process has the pages that the workload faults on. */
    MirrorCore(final IntPredicate isRemoved, final Workload workload) {
        this.isRemoved = isRemoved;
        for (int fault = 0; fault < workload.faults(); fault++) {
            pages.add(new Page(workload.pasid(fault), workload.pageAddress(fault)));
        }
    }

    @Override
    void arrive(final MirrorGroup group) {
        open.add(group);
    }

    /** All of a group is looked for in the memory of its last request. */
    private int code(final MirrorGroup group) {
        final int pasid = group.last().pasid();
        return group.records().stream().allMatch(record -> pages.contains(new Page(pasid, record.address())))
                ? PageResponseFlyweight.SUCCESS
                : PageResponseFlyweight.INVALID;
    }

    @Override
    List<DueAnswer> due(final int device, final int groupIndex) {
        final List<DueAnswer> due = new ArrayList<>();
        for (final MirrorGroup group : open) {
            if (group.is(device, groupIndex)) {
                due.add(due(group, code(group)));
                if (isRemoved.test(device)) {
                    due.add(due(group, PageResponseFlyweight.INVALID));
                }
            }
        }
        return due;
    }

    private DueAnswer due(final MirrorGroup group, final int code) {
        return new DueAnswer(group, code, Invariant.FIRST_FAILURE, () -> {
            open.remove(group);
            group.answer(code);
        });
    }

    @Override
    List<MirrorGroup> ofAttachment(final int attachment) {
        return open.stream().filter(group -> group.attachment() == attachment).toList();
    }

    @Override
    boolean holds(final int device, final int groupIndex) {
        return open.stream().anyMatch(group -> group.is(device, groupIndex));
    }

    /** The kernel answers everything. */
    @Override
    List<MirrorGroup> answered() {
        return List.copyOf(open);
    }

    @Override
    boolean isEmpty() {
        return open.isEmpty();
    }

    @Override
    List<MirrorGroup> unserved() {
        return List.copyOf(open);
    }

    @Override
    boolean has(final int device, final MirrorGroup.Place place) {
        return place == MirrorGroup.Place.UNREAD && open.stream().anyMatch(group -> group.device() == device);
    }

    @Override
    boolean isClosed() {
        return false;
    }
}
