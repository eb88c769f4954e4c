/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.faultring.hwmodel.iommu.RecordNaming;
import org.faultring.hwmodel.iommu.VirtualEventSink;
import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.VirtualEventType;
import org.faultring.ring.kernel.VirtualIommu;

/** A guest with one of the devices, and the program that reads its events. */
public final class Guest {

    private static final int LENGTH = 4096;

    public final VirtualIommu viommu;
    public final VirtualEventSink sink;
    private final VirtualEventType type;
    private final ByteBuffer buffer = RingMemory.allocate(LENGTH);
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();
    private int number;

    public Guest(final VirtualEventType type, final RecordNaming naming, final int depth, final Tally tally) {
        this.type = type;
        viommu = new VirtualIommu(tally);
        sink = new VirtualEventSink(type, naming, tally);
        open(depth);
    }

    /** Makes the queue anew. */
    public void open(final int depth) {
        viommu.removeQueue(type.number());
        assertEquals(0, viommu.addQueue(type.number(), depth));
        number = viommu.queue(type.number()).register(buffer);
    }

    /** Gives the guest a device. */
    public void take(final int device, final long virtualId) {
        assertEquals(0, viommu.addDevice(device, virtualId));
        sink.assign(device, viommu);
    }

    /** Reads all there is: "sequence: bytes", or "sequence: lost". */
    public List<String> read() {
        final int bytes = viommu.queue(type.number()).read(number, 0, LENGTH);
        assertTrue(bytes >= 0, "read returned " + bytes);
        final List<String> events = new ArrayList<>();
        int at = 0;
        while (at < bytes) {
            header.wrap(buffer, at);
            at += EventHeaderFlyweight.LENGTH_BYTES;
            if (header.isLostEvents()) {
                events.add(header.sequence() + ": lost");
            } else {
                final byte[] payload = new byte[type.payloadBytes()];
                buffer.get(at, payload);
                events.add(header.sequence() + ": " + HexFormat.of().formatHex(payload));
                at += payload.length;
            }
        }
        return events;
    }

    /** Little-endian bytes of words. */
    public static String bytes(final long... words) {
        final StringBuilder hex = new StringBuilder();
        for (final long word : words) {
            hex.append(HexFormat.of().toHexDigits(Long.reverseBytes(word)));
        }
        return hex.toString();
    }
}
