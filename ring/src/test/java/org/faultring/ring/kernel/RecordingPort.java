/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** A driver that takes as many answers as the test lets it, and remembers them. */
final class RecordingPort implements PageResponsePort {

    record Answer(int device, int flags, int pasid, int groupIndex, int code) {}

    private final List<Answer> answers = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int submits;
    private int submitted;

    void room(final int newRoom) {
        room = newRoom;
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        assertTrue(room > 0, "answered without room");
        room--;
        answers.add(new Answer(device, flags, pasid, groupIndex, code));
    }

    @Override
    public void submit() {
        submits++;
        submitted = answers.size();
    }

    /** All answers so far, the oldest first. */
    List<Answer> answers() {
        return List.copyOf(answers);
    }

    int submits() {
        return submits;
    }

    /** Answers given before the last submit. */
    int submitted() {
        return submitted;
    }

    void forget() {
        answers.clear();
        submitted = 0;
    }
}
