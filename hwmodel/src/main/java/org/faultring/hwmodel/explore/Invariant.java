/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

/**
 * What holds on Linux's path of an I/O page fault, whatever happens (drivers/iommu/io-pgfault.c,
 * drivers/iommu/iommufd/eventq.c).
 */
public enum Invariant {

    /** 1. */
    ONE_RESPONSE("a last request ends in exactly one response, another in none unless nothing handles it"),
    /** 2. */
    RESPONSE_OF_LAST("a response answers its whole group, under the PASID and group index of the last request"),
    /** 3. */
    WHOLE_GROUP("a group holds all waiting requests of its device and index in order of arrival, the last one last"),
    /** 4. */
    FAILURES("nothing attached is Invalid, no memory for a group is Failure, no memory for a partial is silence"),
    /** 5. */
    USER_CODES("user space causes no response but Success and Invalid"),
    /** 6. */
    READ_WHOLE_GROUPS("a read returns whole groups"),
    /** 7. */
    READ_RESULTS("a read returns 0 on nothing, EINVAL on a first group too long, ESPIPE on a bad length"),
    /** 8. */
    FAILED_COPY("a failed copy leaves the group first, without a cookie"),
    /** 9. */
    ARRIVAL_ORDER("groups are read in the order in which they arrived"),
    /** 10. */
    ONE_PLACE("a group is in one place, and its cookie is good exactly while it is read and unanswered"),
    /** 11. */
    LOWEST_COOKIE("cookies are unique, and a new one is the lowest free from 1, or from 0 once an answer named it"),
    /** 12. */
    PREFIX_WRITE("a write takes effect up to the first bad response, and says how far"),
    /** 13. */
    COOKIE_SPENT("a good response spends its cookie, a bad code does not"),
    /** 14. */
    AUTO_RESPONSE("a detach or replace answers Invalid to all and only the groups of its attachment"),
    /** 15. */
    FAILED_CHANGE("a change that fails has changed nothing and answers nothing"),
    /** 16. */
    CLOSE_ANSWERS_NOTHING("closing a file answers nothing"),
    /** 17. */
    READY_BITS("a file is readable while groups wait to be read, and always writable"),
    /** 18. */
    ONE_WAKE("each group causes one wake-up, when it can be read"),
    /** 19. */
    SILENT_DISCARD("an overflow, or the removal of a device, drops waiting requests without an answer"),
    /** 20. */
    EVENT_SEQUENCE("event numbers count kept and lost events, and one header stands for the lost ones"),
    /** 21. */
    FIRST_FAILURE("where the kernel resolves, the first fault that fails decides its group"),
    /** 22. */
    INVALIDATE_COUNT("an invalidation says how many entries were applied"),
    /** Not of Linux: the books of a path. */
    CONSERVATION("every request ends in exactly one way"),
    /** Not of Linux: readers. */
    ALL_SERVED("a reader that serves everything leaves nothing when all is at rest");

    private final String text;

    Invariant(final String text) {
        this.text = text;
    }

    /**
     * Number of the invariant.
     *
     * @return from 1
     */
    public int number() {
        return ordinal() + 1;
    }

    /**
     * What it says.
     *
     * @return a sentence
     */
    public String text() {
        return text;
    }
}
