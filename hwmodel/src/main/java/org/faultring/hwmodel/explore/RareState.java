/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

/** States that a seed should reach now and then, since that is where paths break. */
public enum RareState {

    /** The hardware's queue went into overflow while an attachment was being changed. */
    OVERFLOW_DURING_CHANGE,
    /** Waiting requests were thrown away after an overflow. */
    PARTIALS_DISCARDED,
    /** A device was reset with requests of it in the hardware's queue. */
    RESET_WITH_QUEUED,
    /** A device was reset with requests of it that waited for their last one. */
    RESET_WITH_PARTIALS,
    /** A device was reset with groups of it that nobody had read. */
    RESET_WITH_UNREAD,
    /** A device was reset with groups of it that had been read and not answered. */
    RESET_WITH_READ,
    /** A device was reset with answers to it under way. */
    RESET_WITH_ANSWERED,
    /** An answer reached a device that had forgotten its group. */
    ANSWER_AFTER_RESET,
    /** A group was given a cookie that another had had. */
    COOKIE_REUSED,
    /** A group was given cookie 0, since an answer had named it. */
    COOKIE_ZERO,
    /** A late answer hit the group to which its cookie belonged by then. */
    LATE_ANSWER_HIT,
    /** A late answer was refused. */
    LATE_ANSWER_REFUSED,
    /** An attachment went away with groups that nobody had read. */
    DETACH_WITH_UNREAD,
    /** An attachment went away with groups that had been read. */
    DETACH_WITH_READ,
    /** An attachment was replaced with groups that nobody had read. */
    REPLACE_WITH_UNREAD,
    /** An attachment was replaced with groups that had been read. */
    REPLACE_WITH_READ,
    /** An attachment went away while others on the same fault object had groups there. */
    DETACH_AMONG_OTHERS,
    /** A driver refused to switch. */
    CHANGE_REFUSED,
    /** Something was attached where something was attached. */
    ATTACHED_TWICE,
    /** A replace found nothing to replace. */
    REPLACED_NOTHING,
    /** A stop marker was on its way with requests of its PASID unanswered. */
    STOP_MARKER_UNDER_WAY,
    /** A reader died with groups that nobody had read. */
    DEAD_WITH_UNREAD,
    /** A reader died with groups that it had read. */
    DEAD_WITH_READ,
    /** Groups arrived at an object whose file is closed. */
    ARRIVED_AT_CLOSED,
    /** An answer was lost. */
    ANSWER_LOST,
    /** The first group did not fit into the read. */
    FIRST_GROUP_TOO_LONG,
    /** A read was short because the next group did not fit. */
    SHORT_READ,
    /** A copy to the reader failed. */
    COPY_FAILED,
    /** A write was short because of a bad response. */
    SHORT_WRITE,
    /** A code that user space may not send. */
    BAD_CODE,
    /** No memory for a waiting request. */
    NO_MEMORY_FOR_PARTIAL,
    /** No memory for a group. */
    NO_MEMORY_FOR_GROUP,
    /** A request that closes no group was refused because nothing was attached. */
    PARTIAL_REFUSED,
    /** A group took in what was left of another with its index. */
    LEFTOVERS_MERGED,
    /** A device was taken off with requests that waited for their last one. */
    REMOVED_WITH_PARTIALS,
    /** A virtual event queue lost events. */
    EVENTS_LOST,
    /** A virtual event queue was read after it had lost events. */
    EVENTS_RECOVERED,
    /** A device was taken off with groups that the kernel was about to resolve. */
    REMOVED_WITH_PENDING,
    /** A fault object with limits had no room, and the driver was held back. */
    GROUP_HELD_BACK,
    /** A fault object with limits had no room, and the group was answered other than Failure. */
    GROUP_OVERLOADED,
    /** A handler did not answer in time. */
    GROUP_EXPIRED,
    /** A handler took records of a group that had been answered without it. */
    TAKEN_AFTER_ITS_ANSWER,
    /** A device that translates found a page. */
    TRANSLATED,
    /** A group waited with its first owner, since the second had no room. */
    WAITED_WITH_FIRST_OWNER,
    /** A group was answered while it waited with its first owner, so that a drain could end. */
    ANSWERED_WITH_FIRST_OWNER
}
