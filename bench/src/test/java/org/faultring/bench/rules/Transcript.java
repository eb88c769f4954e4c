/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.Errno;

/** What was called, and what came back. */
final class Transcript {

    private final List<String> lines = new ArrayList<>();

    /** A call and its result; hands the result on. */
    int add(final String call, final int result) {
        add(call, result < 0 ? "-" + Errno.name(-result) : Integer.toString(result));
        return result;
    }

    void add(final String call, final String result) {
        lines.add(lines.size() + 1 + " " + call + " = " + result);
    }

    int calls() {
        return lines.size();
    }

    List<String> lines() {
        return lines;
    }
}
