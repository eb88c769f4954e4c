/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.faultring.hwmodel.layout.RecordField.bit;
import static org.faultring.hwmodel.layout.RecordField.bits;
import static org.faultring.hwmodel.layout.RecordField.inPlace;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/**
 * The records of the AMD IOMMU's queues as data: see {@link PprLogEntry}, {@link EventLogEntry} and {@link AmdCommand}
 * (drivers/iommu/amd/amd_iommu_types.h; commands: {@code build_*} in drivers/iommu/amd/iommu.c). Any thread.
 */
public final class AmdRecords {

    private static final int WORDS = 2;
    private static final RecordField TYPE = bits("type", 0, 63, 60);
    private static final RecordField DEVICE_ID = bits("device-id", 0, 15, 0);
    private static final RecordField WHOLE_ADDRESS = bits("address", 1, 63, 0);

    /** PPR log. */
    public static final RecordFamily PRQ = new RecordFamily("prq",
            ppr("page-request").fix("type", PprLogEntry.PAGE_REQUEST), ppr("unknown"));

    /** Event log. */
    public static final RecordFamily EVENT = new RecordFamily("event", events());

    /** Command buffer. */
    public static final RecordFamily COMMAND = new RecordFamily("command",
            RecordLayout.of("completion-wait", WORDS, commandType(), bit("store", 0, 0), bit("interrupt", 0, 1),
                    bit("flush", 0, 2), inPlace("store-address", 0, 51, 3), bits("store-data", 1, 63, 0))
                    .fix("type", AmdCommand.COMPLETION_WAIT),
            RecordLayout.of("invalidate-devtab-entry", WORDS, commandType(), DEVICE_ID)
                    .fix("type", AmdCommand.INVALIDATE_DEVTAB_ENTRY),
            RecordLayout.of("invalidate-iommu-pages", WORDS, commandType(), bits("pasid", 0, 19, 0),
                    bits("domain-id", 0, 47, 32), bit("s", 1, 0), bit("pde", 1, 1), bit("gn", 1, 2),
                    inPlace("address", 1, 63, 12)).fix("type", AmdCommand.INVALIDATE_IOMMU_PAGES),
            RecordLayout.of("invalidate-iotlb-pages", WORDS, commandType(), DEVICE_ID,
                    bits("pasid-15-8", 0, 23, 16), bits("max-pending", 0, 31, 24), bits("queue-id", 0, 47, 32),
                    bits("pasid-7-0", 0, 55, 48), bit("s", 1, 0), bit("gn", 1, 2), inPlace("address", 1, 63, 12))
                    .fix("type", AmdCommand.INVALIDATE_IOTLB_PAGES),
            RecordLayout.of("invalidate-interrupt-table", WORDS, commandType(), DEVICE_ID)
                    .fix("type", AmdCommand.INVALIDATE_INTERRUPT_TABLE),
            RecordLayout.of("complete-ppr-request", WORDS, commandType(), DEVICE_ID, bits("pasid", 0, 51, 32),
                    bit("gn", 1, 2), bits("prgi", 1, 40, 32),
                    bits("code", 1, 47, 44).meaning(0, "success").meaning(1, "invalid request").meaning(2,
                            "reserved; Linux: failure").meaning(0xF, "response failure"))
                    .fix("type", AmdCommand.COMPLETE_PPR_REQUEST),
            RecordLayout.of("invalidate-iommu-all", WORDS, commandType())
                    .fix("type", AmdCommand.INVALIDATE_IOMMU_ALL),
            RecordLayout.of("unknown", WORDS, commandType()));

    private AmdRecords() {}

    private static RecordLayout ppr(final String name) {
        return RecordLayout.of(name, WORDS, TYPE.meaning(PprLogEntry.PAGE_REQUEST, "page request"), DEVICE_ID,
                bits("pasid", 0, 31, 16).then(0, 45, 42), bits("prgi", 0, 40, 32), bit("last", 0, 41),
                bit("exec", 0, 49), bit("read", 0, 50), bit("write", 0, 53), bit("us", 0, 54).meaning(0, "privileged")
                        .meaning(1, "user"),
                bit("rvsd", 0, 55), bit("gn", 0, 56), WHOLE_ADDRESS);
    }

    private static RecordLayout[] events() {
        final RecordField type = eventType();
        final List<RecordLayout> layouts = new ArrayList<>();
        type.meanings().keySet().stream().sorted().forEach(value -> layouts.add(
                event(type.meaningOf(value).toLowerCase(java.util.Locale.ROOT).replace('_', '-'), type)
                        .fix("type", value)));
        layouts.add(event("unknown", type));
        return layouts.toArray(RecordLayout[]::new);
    }

    private static RecordLayout event(final String name, final RecordField type) {
        return RecordLayout.of(name, WORDS, type, DEVICE_ID, bits("id", 0, 47, 32).then(0, 19, 16), bit("gn", 0, 48)
                .meaning(0, "id is a domain").meaning(1, "id is a PASID"), bit("nx", 0, 49), bit("us", 0, 50),
                bit("i", 0, 51), bit("pr", 0, 52), bit("rw", 0, 53).meaning(0, "read").meaning(1, "write"),
                bit("pe", 0, 54), bit("rz", 0, 55), bit("tr", 0, 56), WHOLE_ADDRESS);
    }

    private static RecordField eventType() {
        return TYPE.meaning(EventLogEntry.ILLEGAL_DEV_TABLE_ENTRY, "ILLEGAL_DEV_TABLE_ENTRY")
                .meaning(EventLogEntry.IO_PAGE_FAULT, "IO_PAGE_FAULT")
                .meaning(EventLogEntry.DEV_TAB_HARDWARE_ERROR, "DEV_TAB_HARDWARE_ERROR")
                .meaning(EventLogEntry.PAGE_TAB_HARDWARE_ERROR, "PAGE_TAB_HARDWARE_ERROR")
                .meaning(EventLogEntry.ILLEGAL_COMMAND_ERROR, "ILLEGAL_COMMAND_ERROR")
                .meaning(EventLogEntry.COMMAND_HARDWARE_ERROR, "COMMAND_HARDWARE_ERROR")
                .meaning(EventLogEntry.IOTLB_INV_TIMEOUT, "IOTLB_INV_TIMEOUT")
                .meaning(EventLogEntry.INVALID_DEVICE_REQUEST, "INVALID_DEVICE_REQUEST")
                .meaning(EventLogEntry.INVALID_PPR_REQUEST, "INVALID_PPR_REQUEST")
                .meaning(EventLogEntry.RMP_FAULT, "RMP_FAULT").meaning(EventLogEntry.RMP_HW_ERR, "RMP_HW_ERR");
    }

    private static RecordField commandType() {
        return TYPE.meaning(AmdCommand.COMPLETION_WAIT, "COMPLETION_WAIT")
                .meaning(AmdCommand.INVALIDATE_DEVTAB_ENTRY, "INVALIDATE_DEVTAB_ENTRY")
                .meaning(AmdCommand.INVALIDATE_IOMMU_PAGES, "INVALIDATE_IOMMU_PAGES")
                .meaning(AmdCommand.INVALIDATE_IOTLB_PAGES, "INVALIDATE_IOTLB_PAGES")
                .meaning(AmdCommand.INVALIDATE_INTERRUPT_TABLE, "INVALIDATE_INTERRUPT_TABLE")
                .meaning(AmdCommand.PREFETCH_IOMMU_PAGES, "PREFETCH_IOMMU_PAGES")
                .meaning(AmdCommand.COMPLETE_PPR_REQUEST, "COMPLETE_PPR_REQUEST")
                .meaning(AmdCommand.INVALIDATE_IOMMU_ALL, "INVALIDATE_IOMMU_ALL");
    }
}
