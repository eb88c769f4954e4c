/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.FaultFile;

/** User space with a fault file open: a buffer for records and one for answers. */
final class FileUser {

    static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;
    private static final int LENGTH = 200 * RECORD;

    /** A group as it was read. */
    record Group(int cookie, List<Fault> faults) {}

    final ByteBuffer buffer = RingMemory.allocate(LENGTH);
    final int number;
    private final ByteBuffer answers = RingMemory.allocate(LENGTH);
    private final int answersNumber;
    private final FaultFile file;
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();

    FileUser(final FaultFile file) {
        this.file = file;
        number = file.register(buffer);
        answersNumber = file.register(answers);
    }

    /** Reads into the start of the buffer; bytes or a negated error number. */
    int read(final int records) {
        return file.read(number, 0, records * RECORD);
    }

    /** Reads groups, and fails unless the read gives whole ones. */
    List<Group> readGroups(final int records) {
        final int bytes = read(records);
        assertTrue(bytes >= 0 && bytes <= records * RECORD, "read returned " + bytes);
        return groups(0, bytes);
    }

    /** The groups that a read has put into the buffer. */
    List<Group> groups(final int offset, final int bytes) {
        assertEquals(0, bytes % RECORD);
        final List<Group> groups = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        int cookie = 0;
        for (int at = offset; at < offset + bytes; at += RECORD) {
            record.wrap(buffer, at);
            if (!faults.isEmpty()) {
                assertEquals(cookie, record.cookie(), "cookie within a group");
            }
            cookie = record.cookie();
            faults.add(Fault.of(record));
            if (record.isLast()) {
                groups.add(new Group(cookie, faults));
                faults = new ArrayList<>();
            }
        }
        assertTrue(faults.isEmpty(), "group not read to its end");
        return groups;
    }

    /** Writes answers, given as cookie, code, cookie, code …; bytes or a negated error number. */
    int write(final int... cookiesAndCodes) {
        final int bytes = putAnswers(cookiesAndCodes);
        return file.write(answersNumber, 0, bytes);
    }

    private int putAnswers(final int... cookiesAndCodes) {
        for (int i = 0; i < cookiesAndCodes.length; i += 2) {
            response.wrap(answers, i / 2 * RESPONSE).set(cookiesAndCodes[i], cookiesAndCodes[i + 1]);
        }
        return cookiesAndCodes.length / 2 * RESPONSE;
    }

    /** Writes bytes of the answers put before, from anywhere. */
    int writeRaw(final int offset, final int length) {
        return file.write(answersNumber, offset, length);
    }
}
