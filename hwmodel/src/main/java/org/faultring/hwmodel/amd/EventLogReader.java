/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The driver's side of the event log ({@code iommu_poll_events}, drivers/iommu/amd/iommu.c): each event is handed on,
 * zeroed, and the head written behind it.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
final class EventLogReader extends LogReader {

    private final FunctionTable functions;
    private final boolean zeroesEntries;
    private final Tally tally;
    private EventSink sink = (device, level, record, offset, lengthBytes) -> {};

    EventLogReader(final RegisterFile registers, final InterruptLine interrupt, final DmaMemory memory,
            final FunctionTable functions, final AmdPlatform platform, final StatusClearing clearing,
            final Tally tally) {
        super(LogKind.EVENT, registers, interrupt, memory, clearing);
        this.functions = functions;
        this.zeroesEntries = platform == AmdPlatform.PLAIN;
        this.tally = tally;
    }

    void sendTo(final EventSink newSink) {
        sink = newSink;
    }

    @Override
    void passBegins(final boolean hasEntries) {
        // Nothing to count.
    }

    @Override
    int mayHandle() {
        return Integer.MAX_VALUE;
    }

    @Override
    void handle(final ByteBuffer entries, final int offset, final long qw0, final int next) {
        tally.increment(Counter.EVENTS_READ);
        sink.onEvent(functions.device(EventLogEntry.deviceId(qw0)), EventLogEntry.level(qw0), entries, offset,
                AmdRegisters.ENTRY_BYTES);
        if (zeroesEntries) {
            LittleEndian.putLong(entries, offset, 0);
            LittleEndian.putLong(entries, offset + Long.BYTES, 0);
        }
        giveBack(next);
    }
}
