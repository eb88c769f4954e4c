/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import java.util.List;

/** Limits of this process (getrlimit(2), as {@code /proc/self/limits} shows them). */
final class LimitChecks {

    private static final long LOCKED_WANTED_BYTES = 8 << 20;
    private static final long FILES_WANTED = 1024;

    private final SystemFiles files;

    LimitChecks(final SystemFiles files) {
        this.files = files;
    }

    List<Finding> examine() {
        return List.of(limit("locked memory", "Max locked memory", LOCKED_WANTED_BYTES, "bytes",
                "registered buffers of io_uring count against it: ulimit -l 65536"),
                limit("open files", "Max open files", FILES_WANTED, "files", "ulimit -n 4096"));
    }

    private Finding limit(final String subject, final String label, final long wanted, final String unit,
            final String advice) {
        final String soft = files.lines("proc/self/limits").stream().filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip().split("\\s+")[0]).findFirst().orElse("unknown");
        if (soft.equals("unlimited")) {
            return Finding.good(subject, soft);
        }
        try {
            return Long.parseLong(soft) >= wanted ? Finding.good(subject, soft + " " + unit)
                    : Finding.change(subject, soft + " " + unit, advice);
        } catch (final NumberFormatException e) {
            return Finding.note(subject, soft, "");
        }
    }
}
