/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.List;

import org.faultring.bench.delivery.DeliveryResult;

/** {@code report.html}: one file that needs no network. */
public final class ReportPage {

    /** Usual name of the file. */
    public static final String NAME = "report.html";

    private ReportPage() {}

    /**
     * Make the page.
     *
     * @param runs at least one, all on one kind of machine
     * @return the whole of the file
     * @throws IllegalArgumentException if the runs are of different kinds of machine
     */
    public static String of(final List<DeliveryResult> runs) {
        return PageFile.of("Fault Ring: how faults are best delivered",
                "Which way of delivering I/O page faults is best?", "report.js",
                new PageBuilder(new MergedRuns(runs)).build());
    }
}
