/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.kernel.PageResponsePort;

/**
 * A driver whose devices take every answer and tell nobody, as the mock devices do; here the latest ones are
 * remembered.
 */
final class AnswerLog implements PageResponsePort {

    private static final int FIELDS = 5;

    private final int mask;
    private final int[] fields;
    private final int[] deviceIds;
    private long count;

    /** Remembers so many answers, a power of two, of so many devices. */
    AnswerLog(final int capacity, final int devices) {
        mask = capacity - 1;
        fields = new int[capacity * FIELDS];
        deviceIds = new int[devices];
    }

    /** How user space calls a device. */
    void name(final int device, final int deviceId) {
        deviceIds[device] = deviceId;
    }

    @Override
    public int room() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        final int at = ((int) count++ & mask) * FIELDS;
        fields[at] = deviceIds[device];
        fields[at + 1] = flags;
        fields[at + 2] = pasid;
        fields[at + 3] = groupIndex;
        fields[at + 4] = code;
    }

    @Override
    public void submit() {
        // The devices have them already.
    }

    long count() {
        return count;
    }

    /** Those remembered, the oldest first. */
    List<MockAnswer> answers() {
        final List<MockAnswer> answers = new ArrayList<>();
        for (long i = Math.max(0, count - mask - 1); i < count; i++) {
            final int at = ((int) i & mask) * FIELDS;
            answers.add(new MockAnswer(fields[at], fields[at + 1], fields[at + 2], fields[at + 3], fields[at + 4]));
        }
        return answers;
    }
}
