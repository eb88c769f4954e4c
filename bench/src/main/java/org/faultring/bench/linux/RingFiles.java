/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.Arrays;

import org.faultring.ring.file.FaultFile;

/** The files that requests of a ring name by number, and what the kernel knows each by. */
final class RingFiles {

    private final UringRegistration registration;
    private final int slots;
    private int slotsUsed;
    private int count;
    private int[] reads = new int[4];
    private int[] answers = new int[4];

    /** Registers room for so many descriptors, 0 for files that are named by descriptor. */
    RingFiles(final UringRegistration registration, final int slots) {
        this.registration = registration;
        this.slots = slots;
        if (slots > 0) {
            registration.makeFileTable(slots);
        }
    }

    int add(final FaultFile file) {
        if (!(file instanceof final DescriptorFile open) || open.descriptor() < 0) {
            throw new IllegalArgumentException("file=" + file + " (expected: open, with a descriptor)");
        }
        if (count == reads.length) {
            reads = Arrays.copyOf(reads, 2 * count);
            answers = Arrays.copyOf(answers, 2 * count);
        }
        reads[count] = name(open.descriptor());
        answers[count] = open.answerDescriptor() == open.descriptor() ? reads[count] : name(open.answerDescriptor());
        return count++;
    }

    private int name(final int descriptor) {
        if (slots == 0) {
            return descriptor;
        }
        if (slotsUsed == slots) {
            throw new IllegalArgumentException("registeredFiles=" + slots + " (expected: more)");
        }
        registration.putFile(slotsUsed, descriptor);
        return slotsUsed++;
    }

    private int checked(final int file) {
        if (file < 0 || file >= count) {
            throw new IndexOutOfBoundsException("file=" + file + " (expected: 0.." + (count - 1) + ")");
        }
        return file;
    }

    int reads(final int file) {
        return reads[checked(file)];
    }

    int answers(final int file) {
        return answers[checked(file)];
    }

    /** Whoever waits to write alone waits for the end that is written. */
    int polls(final int file, final int events) {
        return events == FaultFile.WRITABLE ? answers(file) : reads(file);
    }

    /** Request flags that go with the names. */
    int flags() {
        return slots > 0 ? UringLayout.SQE_FIXED_FILE : 0;
    }
}
