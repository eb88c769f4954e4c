/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;

/** A fault object and its file, as a program uses them. */
final class FaultQueue {

    static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;
    private static final int RECORDS = 256;

    final int id;
    final FaultFile file;

    private final ByteBuffer records = direct(RECORDS * RECORD);
    private final ByteBuffer responses = direct(RECORDS * RESPONSE);
    private final int recordsNumber;
    private final int responsesNumber;

    FaultQueue(final int id, final FaultFile file) {
        this.id = id;
        this.file = file;
        recordsNumber = file.register(records);
        responsesNumber = file.register(responses);
    }

    private static ByteBuffer direct(final int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Read into the start of the memory. */
    int readBytes(final int bytes) {
        return file.read(recordsNumber, 0, bytes);
    }

    int read(final int count) {
        return readBytes(count * RECORD);
    }

    /** A record of the last read. */
    PageFaultFlyweight record(final int index) {
        return new PageFaultFlyweight().wrap(records, index * RECORD);
    }

    /** Read one group of one fault. */
    PageFaultFlyweight readOne() {
        assertEquals(RECORD, read(1), "bytes read");
        return record(0);
    }

    /** Group indexes that a read finds, until there are no more. */
    List<Integer> drain() {
        final List<Integer> groups = new ArrayList<>();
        for (int bytes = read(RECORDS); bytes != 0; bytes = read(RECORDS)) {
            assertTrue(bytes > 0 && bytes % RECORD == 0, "read=" + bytes);
            for (int i = 0; i < bytes / RECORD; i++) {
                groups.add(record(i).groupIndex());
            }
        }
        return groups;
    }

    /** Write answers: a cookie, its code, the next cookie … */
    int write(final int... cookiesAndCodes) {
        for (int i = 0; i < cookiesAndCodes.length; i++) {
            responses.putInt(i * Integer.BYTES, cookiesAndCodes[i]);
        }
        return writeBytes(cookiesAndCodes.length * Integer.BYTES);
    }

    int writeBytes(final int bytes) {
        return file.write(responsesNumber, 0, bytes);
    }

    boolean isReadable() {
        return (file.ready() & FaultFile.READABLE) != 0;
    }
}
