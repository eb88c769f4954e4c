/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;

/** Faults of a few processes on a few pages, in groups of any length. */
final class RandomWorkload {

    private static final long PAGES = 0x7F00_0000_0000L;
    private static final int PAGE_SHIFT = 12;
    private static final int MAX_FAULTS_OF_GROUP = 8;
    private static final int STEP_MICROS = 1;
    private static final int GAP_MICROS = 50;

    private RandomWorkload() {}

    /** Draw one; written as a recording is, so that it comes in the way every workload does. */
    static Workload of(final SplittableRandom random) {
        final int faults = 40 + random.nextInt(260);
        final int processes = 1 + random.nextInt(3);
        final int pages = 1 + random.nextInt(120);
        final StringBuilder text = new StringBuilder();
        int micros = 0;
        for (int i = 0; i < faults; i++) {
            micros += random.nextInt(3) == 0 ? GAP_MICROS : STEP_MICROS;
            final int id = 100 + (i < processes ? i : random.nextInt(processes));
            text.append("random ").append(id).append('/').append(id).append(" [000] 1.")
                    .append(Integer.toString(1_000_000 + micros).substring(1))
                    .append("000: exceptions:page_fault_user: address=0x")
                    .append(Long.toHexString(PAGES + ((long) random.nextInt(pages) << PAGE_SHIFT)))
                    .append(" ip=0x7f0000001000 error_code=").append(random.nextBoolean() ? "0x6" : "0x4")
                    .append('\n');
        }
        try {
            return Workload.of(PerfScriptReader.strict().read("random",
                    new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.ISO_8859_1))),
                    new GroupingRule(1 + random.nextInt(MAX_FAULTS_OF_GROUP), 1_000_000));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
