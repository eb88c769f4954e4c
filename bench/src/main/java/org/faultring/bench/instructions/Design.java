/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

/**
 * A way to get faults to user space and answers back.
 *
 * @param form        how faults are received
 * @param ring        the ring they come by, and its mode
 * @param posted      requests on the ring at a time
 * @param nonblocking whether the fault fd has {@code O_NONBLOCK}
 * @param ringAnswers whether answers go out by WRITE on the ring, in the submission that posts again; else by write
 * @param asleep      whether the reader sleeps until a fault comes; else it looks when the faults are there
 */
public record Design(Form form, RingMode ring, int posted, boolean nonblocking, boolean ringAnswers, boolean asleep) {

    /** Reading what is known to be there: next to it, all others raise their faults in vain. */
    public static final Design PLAIN_READ = new Design(Form.READ, RingMode.NONE, 0, false, false, false);

    /**
     * For a table.
     *
     * @return the form, and how many if there are several
     */
    public String label() {
        return posted > 1 ? posted + " " + form.label().replace("READ posted", "READs posted") : form.label();
    }
}
