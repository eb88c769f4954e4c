/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;

/** Registers behind a bus that is listened to: {@code PROD} is a read, {@code CONS<-3} a write. */
final class WatchedBus {

    final RegisterFile registers = new RegisterFile(Smmuv3Registers.LENGTH_BYTES);
    private final RegisterFile real;
    private final List<String> accesses = new ArrayList<>();
    private final Map<String, Runnable> after = new HashMap<>();

    WatchedBus(final RegisterFile real) {
        this.real = real;
        watch32("IDR0", Smmuv3Registers.IDR0);
        watch32("IDR1", Smmuv3Registers.IDR1);
        watch32("CR0", Smmuv3Registers.CR0);
        watch32("CR2", Smmuv3Registers.CR2);
        watch32("IRQ_CTRL", Smmuv3Registers.IRQ_CTRL);
        watch32("GERROR", Smmuv3Registers.GERROR);
        watch32("GERRORN", Smmuv3Registers.GERRORN);
        watch64("CMDQ_BASE", Smmuv3Registers.CMDQ_BASE);
        watch32("CMDQ_PROD", Smmuv3Registers.CMDQ_PROD);
        watch32("CMDQ_CONS", Smmuv3Registers.CMDQ_CONS);
        watch64("EVENTQ_BASE", Smmuv3Registers.EVENTQ_BASE);
        watch32("EVENTQ_PROD", Smmuv3Registers.EVENTQ_PROD);
        watch32("EVENTQ_CONS", Smmuv3Registers.EVENTQ_CONS);
        watch64("PRIQ_BASE", Smmuv3Registers.PRIQ_BASE);
        watch32("PRIQ_PROD", Smmuv3Registers.PRIQ_PROD);
        watch32("PRIQ_CONS", Smmuv3Registers.PRIQ_CONS);
    }

    private void watch32(final String name, final int offset) {
        registers.define32(offset, new Watched(name, () -> real.read32(offset) & 0xFFFF_FFFFL,
                value -> real.write32(offset, (int) value)));
    }

    private void watch64(final String name, final int offset) {
        registers.define64(offset,
                new Watched(name, () -> real.read64(offset), value -> real.write64(offset, value)));
    }

    /** Let something happen once, right after the next access of that kind. */
    void after(final String access, final Runnable event) {
        after.put(access, event);
    }

    /** Accesses since the last call to registers whose name begins so. */
    List<String> accesses(final String prefix) {
        final List<String> all = accesses.stream().filter(access -> access.startsWith(prefix)).toList();
        accesses.clear();
        return all;
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
