/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.BeforeEach;

/** What the classes about event queues have in common: a device on a nested page table, and a queue for its events. */
abstract class EventRules extends RulesContract {

    static final int VIRTUAL_ID = 0x99;
    static final int HEADER = 8;
    /** Length of an event of the mock device: header and virtual number. */
    static final int EVENT = HEADER + 4;
    static final int LOST = 1;

    MockDevice device;
    int viommu;
    FaultFile file;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
    private int number;

    /** A device that can raise events; no queue yet. */
    @BeforeEach
    final void attach() {
        device = device();
        viommu = ok(iommufd.viommuAlloc(Iommufd.VIOMMU_SELFTEST, device.deviceId(), parentPageTable(device)));
        ok(iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID));
        ok(mocks.replace(device, ok(iommufd.hwptAlloc(0, device.deviceId(), viommu, Iommufd.DATA_SELFTEST, 0))));
    }

    /** Make the queue. */
    final int queue(final int depth) {
        final int id = ok(iommufd.veventqAlloc(0, viommu, Iommufd.VEVENTQ_SELFTEST, depth));
        file = opened(id);
        number = file.register(memory);
        return id;
    }

    final void raiseEvents(final int count) {
        for (int i = 0; i < count; i++) {
            ok(mocks.triggerEvent(device.deviceId()));
        }
    }

    final int readBytes(final int bytes) {
        return file.read(number, 0, bytes);
    }

    final int writeBytes(final int bytes) {
        return file.write(number, 0, bytes);
    }

    /** Everything there is, as n for the event of sequence number n and -n for a header of lost events. */
    final List<Integer> drain() {
        final List<Integer> events = new ArrayList<>();
        final int bytes = readBytes(4080);
        int at = 0;
        while (at < bytes) {
            final int sequence = memory.getInt(at + 4);
            if (memory.getInt(at) == LOST) {
                events.add(-sequence);
                at += HEADER;
            } else {
                assertEquals(0, memory.getInt(at), "flags");
                assertEquals(VIRTUAL_ID, memory.getInt(at + HEADER));
                events.add(sequence);
                at += EVENT;
            }
        }
        assertEquals(Math.max(bytes, 0), at);
        return events;
    }

    /** What stands at an offset of what was read. */
    final int word(final int offset) {
        return memory.getInt(offset);
    }
}
