/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FileShape.Answer;
import org.faultring.ring.file.FileShape.EmptyRead;
import org.faultring.ring.file.FileShape.Opened;
import org.faultring.ring.file.FileShape.PostedRead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileShapeTest {

    private static FileShape shape(final int recordBytes, final int responseBytes) {
        return new FileShape(recordBytes, responseBytes, EmptyRead.BLOCKS, PostedRead.PARKS, Answer.IOCTL);
    }

    @Test
    void shouldDescribeTheFaultFileOfLinux() {
        assertEquals(new FileShape(40, 8, EmptyRead.RETURNS_ZERO, PostedRead.RETRIES, Answer.WRITE),
                FileShape.IOMMUFD_FAULT);
        assertEquals(PageFaultFlyweight.LENGTH_BYTES, FileShape.IOMMUFD_FAULT.recordBytes());
        assertEquals(PageResponseFlyweight.LENGTH_BYTES, FileShape.IOMMUFD_FAULT.responseBytes());
    }

    @Test
    void shouldDescribeTheFaultFileThatCanRefuseToWait() {
        assertEquals(new FileShape(40, 8, EmptyRead.RETURNS_ZERO, PostedRead.PARKS, Answer.WRITE, Opened.BLOCKING),
                FileShape.IOMMUFD_FAULT_NOWAIT);
        assertEquals(new FileShape(40, 8, EmptyRead.RETURNS_ZERO, PostedRead.PARKS, Answer.WRITE, Opened.NONBLOCKING),
                FileShape.IOMMUFD_FAULT_NOWAIT.nonblocking());
    }

    @Test
    void shouldDescribeTheEventFileOfLinux() {
        assertEquals(new FileShape(8, 0, EmptyRead.RETURNS_ZERO, PostedRead.RETRIES, Answer.NONE),
                FileShape.IOMMUFD_EVENT);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 4096", "4096, 0", "4096, 4096", "32, 24"})
    void shouldTakeAnyLengthInRange(final int recordBytes, final int responseBytes) {
        assertEquals(recordBytes, shape(recordBytes, responseBytes).recordBytes());
        assertEquals(responseBytes, shape(recordBytes, responseBytes).responseBytes());
    }

    @ParameterizedTest
    @CsvSource({"0, 8, recordBytes=0 (expected: 1..4096)", "4097, 8, recordBytes=4097 (expected: 1..4096)",
        "40, -1, responseBytes=-1 (expected: 0..4096)", "40, 4097, responseBytes=4097 (expected: 0..4096)"})
    void shouldRefuseALengthOutOfRange(final int recordBytes, final int responseBytes, final String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> shape(recordBytes, responseBytes)).getMessage());
    }
}
