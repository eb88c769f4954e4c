/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.junit.jupiter.api.Test;

class CommandReaderTest {

    private static final int ENTRIES = 1024;

    private final IndexRegisters indexes = new IndexRegisters();
    private final ByteBuffer memory = RingMemory.allocate(ENTRIES * 16);
    private final HardwareQueue queue = HardwareQueue.consumer(indexes, memory, 0, ENTRIES, 16, FullRule.N_MINUS_ONE,
            IndexFormat.ENTRY_NUMBER);
    private final ProducerIndexRegister tail = new ProducerIndexRegister(indexes, ENTRIES - 1);
    private final List<Long> executed = new ArrayList<>();
    private long stopAt = -1;
    private final CommandReader reader = new CommandReader((qw0, qw1, offset) -> {
        assertEquals(qw0, qw1);
        assertEquals(qw0 * 16, offset);
        if (qw0 == stopAt) {
            return false;
        }
        executed.add(qw0);
        return true;
    });

    CommandReaderTest() {
        for (int i = 0; i < ENTRIES; i++) {
            LittleEndian.putLong(memory, i * 16, i);
            LittleEndian.putLong(memory, i * 16 + 8, i);
        }
    }

    @Test
    void shouldTakeNoMoreThanADutyCycleMay() {
        tail.write(-1);
        assertEquals(1023, tail.read());
        assertEquals(512, reader.run(queue));
        assertEquals(512, indexes.consumer());
        assertEquals(511, reader.run(queue));
        assertEquals(0, reader.run(queue));
        assertEquals(1023, executed.size());
    }

    @Test
    void shouldStayAtACommandThatStopsTheQueue() {
        for (final long command : new long[] {0, 1, 31, 32, 33, 100}) {
            stopAt = command;
            tail.write(200);
            reader.run(queue);
            assertEquals(command, indexes.consumer());
            assertEquals(command, executed.size());
        }
        stopAt = -1;
        reader.run(queue);
        assertEquals(200, executed.size());
    }

    @Test
    void shouldKeepTheBitsThatTheSizeNeeds() {
        final ConsumerIndexRegister head = new ConsumerIndexRegister(indexes, 7);
        head.write(-1);
        assertEquals(7, head.read());
        head.writableBits(0xFF);
        head.write(0x1FE);
        assertEquals(0xFE, head.read());
        tail.writableBits(1);
        tail.write(3);
        assertEquals(1, tail.read());
    }
}
