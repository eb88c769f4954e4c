/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of an event file take whole events, of at least a header's length. */
class EventReadsTest extends EventRules {

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 7})
    void shouldRefuseLessThanAHeader(final int bytes) {
        queue(2);
        assertFails(Errno.EINVAL, readBytes(bytes));
        raiseEvents(1);
        assertFails(Errno.EINVAL, readBytes(bytes));
        assertEquals(List.of(0), drain());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {8, 9, 12, 13, 4096})
    void shouldReturnZeroWhereThereIsNothing(final int bytes) {
        queue(2);
        assertEquals(0, readBytes(bytes));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {8, 11})
    void shouldRefuseAnEventThatDoesNotFit(final int bytes) {
        queue(2);
        raiseEvents(1);
        assertFails(Errno.EINVAL, readBytes(bytes));
        assertEquals(List.of(0), drain());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {24, 25, 31, 32, 35})
    void shouldReadTheEventsThatFit(final int bytes) {
        queue(4);
        raiseEvents(3);
        assertEquals(2 * EVENT, readBytes(bytes));
        assertEquals(List.of(2), drain());
    }

    @Test
    void shouldTellTheEvent() {
        queue(2);
        raiseEvents(1);
        assertEquals(EVENT, readBytes(4096));
        assertEquals(0, word(0));
        assertEquals(0, word(4));
        assertEquals(VIRTUAL_ID, word(HEADER));
    }

    @ParameterizedTest(name = "{0} bytes of memory")
    @ValueSource(ints = {4, 8, 10})
    void shouldKeepTheEventThatCouldNotBeCopied(final int usableBytes) {
        queue(2);
        raiseEvents(2);
        final Subject.HalfMemory memory = subject.registerHalf(file, usableBytes);
        assertFails(Errno.EFAULT, file.read(memory.number(), memory.offset(), EVENT));
        assertFails(Errno.EFAULT, file.read(memory.number(), memory.offset(), EVENT));
        final Subject.HalfMemory longer = subject.registerHalf(file, EVENT + 2);
        assertEquals(EVENT, file.read(longer.number(), longer.offset(), 2 * EVENT));
        assertEquals(0, longer.buffer().getInt(longer.offset() + 4));
        assertEquals(List.of(1), drain());
    }

    @Test
    void shouldTakeNoAnswers() {
        queue(2);
        raiseEvents(1);
        assertFails(Errno.EINVAL, writeBytes(8));
        assertFails(Errno.EINVAL, writeBytes(0));
        assertEquals(List.of(0), drain());
    }

    @Test
    void shouldBeReadableWhileThereIsAnEventAndNeverWritable() {
        queue(2);
        assertEquals(0, file.ready());
        raiseEvents(3);
        assertEquals(FaultFile.READABLE, file.ready());
        assertEquals(2 * EVENT, readBytes(2 * EVENT));
        assertEquals(FaultFile.READABLE, file.ready(), "the header of lost events");
        assertEquals(HEADER, readBytes(HEADER));
        assertEquals(0, file.ready());
    }

    @Test
    void shouldSayInItsShapeWhatItIs() {
        queue(2);
        assertEquals(FileShape.IOMMUFD_EVENT, file.shape());
    }

    @Test
    void shouldRefuseEverythingAfterClosing() {
        queue(2);
        raiseEvents(1);
        file.close();
        assertFails(Errno.EBADF, readBytes(EVENT));
        assertEquals(0, file.ready());
        raiseEvents(3);
    }
}
