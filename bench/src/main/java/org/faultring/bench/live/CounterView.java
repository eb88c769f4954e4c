/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.faultring.ring.counter.Counters;

/** Counters of a path that another process runs. */
public final class CounterView {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;
    private final List<String> keys;
    private final long pid;

    CounterView(final ByteBuffer memory, final List<String> keys, final long pid) {
        this.memory = memory;
        this.keys = keys;
        this.pid = pid;
    }

    /**
     * Read all counters.
     *
     * @return counts by key, in the order of the file; each at most a duty cycle old, not all of one moment
     */
    public Map<String, Long> read() {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            // Opaque, paired with the path's store: never torn.
            counts.put(keys.get(i),
                    (long) LONGS.getOpaque(memory, CounterFile.HEADER_BYTES + i * Counters.STRIDE_BYTES));
        }
        return counts;
    }

    /**
     * Whether the process that made the file still runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
