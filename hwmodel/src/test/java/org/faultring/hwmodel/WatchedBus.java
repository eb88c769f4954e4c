/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;

/**
 * The registers of a device on a bus that is listened to: {@code PQT} is a read, {@code PQH<-fe0} a write. Something
 * can be made to happen right after an access. Registers that are not named are not on this bus.
 */
public final class WatchedBus {

    private final RegisterFile real;
    private final RegisterFile bus;
    private final List<String> accesses = new ArrayList<>();
    private final Map<String, Runnable> after = new HashMap<>();

    public WatchedBus(final RegisterFile real, final int lengthBytes) {
        this.real = real;
        bus = new RegisterFile(lengthBytes);
    }

    public WatchedBus watch32(final String name, final int offset) {
        bus.define32(offset, new Watched(name, () -> real.read32(offset) & 0xFFFF_FFFFL,
                value -> real.write32(offset, (int) value)));
        return this;
    }

    public WatchedBus watch64(final String name, final int offset) {
        bus.define64(offset, new Watched(name, () -> real.read64(offset), value -> real.write64(offset, value)));
        return this;
    }

    public RegisterFile registers() {
        return bus;
    }

    /** Let something happen once, right after the next access of that kind. */
    public void after(final String access, final Runnable event) {
        after.put(access, event);
    }

    /** All accesses since the last call. */
    public List<String> accesses() {
        final List<String> all = List.copyOf(accesses);
        accesses.clear();
        return all;
    }

    /** Accesses since the last call to registers whose name begins so; the others are forgotten. */
    public List<String> accesses(final String prefix) {
        return accesses().stream().filter(access -> access.startsWith(prefix)).toList();
    }

    /** All writes since the last call. */
    public List<String> writes() {
        return accesses().stream().filter(access -> access.contains("<-")).toList();
    }

    private void note(final String access) {
        accesses.add(access);
        final Runnable event = after.remove(access);
        if (event != null) {
            event.run();
        }
    }

    /** A register with an ear on it. */
    private final class Watched implements Register {

        private final String name;
        private final LongSupplier reader;
        private final LongConsumer writer;

        private Watched(final String name, final LongSupplier reader, final LongConsumer writer) {
            this.name = name;
            this.reader = reader;
            this.writer = writer;
        }

        @Override
        public long read() {
            final long value = reader.getAsLong();
            note(name);
            return value;
        }

        @Override
        public void write(final long value) {
            writer.accept(value);
            note(name + "<-" + Long.toHexString(value));
        }
    }
}
