/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageGroupResponsePort;

/**
 * An IOMMU on a bus that is listened to: {@code PQT} is a read, {@code PQH<-fe0} a write. Something can be made to
 * happen right after an access.
 */
final class WatchedIommu implements VtdHardware {

    private final VtdHardware iommu;
    private final RegisterFile bus = new RegisterFile(VtdRegisters.LENGTH_BYTES);
    private final List<String> accesses = new ArrayList<>();
    private final Map<String, Runnable> after = new HashMap<>();

    WatchedIommu(final VtdHardware iommu) {
        this.iommu = iommu;
        watch32("GCMD", VtdRegisters.GCMD);
        watch32("GSTS", VtdRegisters.GSTS);
        watch32("FSTS", VtdRegisters.FSTS);
        watch32("PRS", VtdRegisters.PRS);
        watch32("FECTL", VtdRegisters.FECTL);
        watch32("IECTL", VtdRegisters.IECTL);
        watch32("PECTL", VtdRegisters.PECTL);
        watch32("ICS", VtdRegisters.ICS);
        watch64("CAP", VtdRegisters.CAP);
        watch64("ECAP", VtdRegisters.ECAP);
        watch64("IQERCD", VtdRegisters.IQERCD);
        final long cap = iommu.registers().read64(VtdRegisters.CAP);
        for (int i = 0; i < VtdRegisters.faultRecords(cap); i++) {
            final int offset = VtdRegisters.faultRecordOffset(cap) + 16 * i;
            watch32("FRCD" + i + "+0", offset);
            watch32("FRCD" + i + "+4", offset + 4);
            watch32("FRCD" + i + "+8", offset + 8);
            watch32("FRCD" + i + "+12", offset + 12);
        }
        watch64("IQH", VtdRegisters.IQH);
        watch64("IQT", VtdRegisters.IQT);
        watch64("IQA", VtdRegisters.IQA);
        watch64("PQH", VtdRegisters.PQH);
        watch64("PQT", VtdRegisters.PQT);
        watch64("PQA", VtdRegisters.PQA);
    }

    private void watch32(final String name, final int offset) {
        final RegisterFile real = iommu.registers();
        bus.define32(offset, new Watched(name, () -> real.read32(offset) & 0xFFFF_FFFFL,
                value -> real.write32(offset, (int) value)));
    }

    private void watch64(final String name, final int offset) {
        final RegisterFile real = iommu.registers();
        bus.define64(offset, new Watched(name, () -> real.read64(offset), value -> real.write64(offset, value)));
    }

    /** Let something happen once, right after the next access of that kind. */
    void after(final String access, final Runnable event) {
        after.put(access, event);
    }

    /** All accesses since the last call. */
    List<String> accesses() {
        final List<String> all = List.copyOf(accesses);
        accesses.clear();
        return all;
    }

    /** All writes since the last call. */
    List<String> writes() {
        return accesses().stream().filter(access -> access.contains("<-")).toList();
    }

    private void note(final String access) {
        accesses.add(access);
        final Runnable event = after.remove(access);
        if (event != null) {
            event.run();
        }
    }

    @Override
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        iommu.connect(requesterId, port);
    }

    @Override
    public void connectDeviceTlb(final int requesterId, final InvalidateRequestPort port) {
        iommu.connectDeviceTlb(requesterId, port);
    }

    @Override
    public void invalidateCompletion(final int requesterId, final long message) {
        iommu.invalidateCompletion(requesterId, message);
    }

    @Override
    public void invalidateUnsupported(final int requesterId, final int tag) {
        iommu.invalidateUnsupported(requesterId, tag);
    }

    @Override
    public boolean timeOutInvalidations(final int requesterId) {
        return iommu.timeOutInvalidations(requesterId);
    }

    @Override
    public int doWork() {
        return iommu.doWork();
    }

    @Override
    public RegisterFile registers() {
        return bus;
    }

    @Override
    public InterruptLine pageRequestInterrupt() {
        return iommu.pageRequestInterrupt();
    }

    @Override
    public InterruptLine faultInterrupt() {
        return iommu.faultInterrupt();
    }

    @Override
    public InterruptLine invalidationInterrupt() {
        return iommu.invalidationInterrupt();
    }

    @Override
    public void pageRequest(final int requesterId, final int pasid, final long message) {
        iommu.pageRequest(requesterId, pasid, message);
    }

    @Override
    public long translate(final int requesterId, final int prefix, final long message) {
        return iommu.translate(requesterId, prefix, message);
    }

    @Override
    public void translateBy(final TranslationSource source) {
        iommu.translateBy(source);
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
