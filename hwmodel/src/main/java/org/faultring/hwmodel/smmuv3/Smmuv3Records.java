/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.faultring.hwmodel.layout.RecordField.bit;
import static org.faultring.hwmodel.layout.RecordField.bits;
import static org.faultring.hwmodel.layout.RecordField.inPlace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/**
 * The records of SMMUv3 as data (Arm IHI 0070): what {@link PriQueueEntry}, {@link EventRecord} and {@link Command} do
 * for hot paths, for tools. Field names are those of the specification.
 */
public final class Smmuv3Records {

    private static final RecordField STREAM_ID = bits("stream-id", 0, 63, 32);
    private static final RecordField SSV = bit("ssv", 0, 11);
    private static final RecordField SUBSTREAM_ID = bits("substream-id", 0, 31, 12);
    private static final RecordField ADDRESS = inPlace("address", 1, 63, 12);

    /** Entries of the PRI queue. */
    public static final RecordFamily PRQ = priQueue();
    /** Entries of the event queue. */
    public static final RecordFamily EVENT = eventQueue();
    /** Entries of the command queue, the virtual ones included. */
    public static final RecordFamily COMMAND = commandQueue();
    /**
     * What a guest is told of its virtual command queues ({@code iommu_vevent_tegra241_cmdqv},
     * include/uapi/linux/iommufd.h): a bit for each logical queue in error.
     */
    public static final RecordFamily CMDQV = new RecordFamily("cmdqv",
            RecordLayout.of("lvcmdq-error-map", 2, bits("queues-63-0", 0, 63, 0), bits("queues-127-64", 1, 63, 0)));

    private Smmuv3Records() {}

    private static RecordFamily priQueue() {
        final RecordField[] fields = {bits("stream-id", 0, 31, 0), bits("substream-id", 0, 51, 32), bit("priv", 0, 58),
            bit("exec", 0, 59), bit("read", 0, 60), bit("write", 0, 61), bit("last", 0, 62), bit("ssv", 0, 63),
            bits("prg-index", 1, 8, 0), inPlace("page-address", 1, 63, 12)};
        return new RecordFamily("prq",
                RecordLayout.of("stop-marker", 2, fields).fix("ssv", 1).fix("last", 1).fix("read", 0).fix("write", 0),
                RecordLayout.of("page-request", 2, fields));
    }

    private static RecordFamily eventQueue() {
        final RecordField reason = bits("reason", 1, 15, 0);
        final RecordField inputAddress = bits("input-addr", 2, 63, 0);
        final RecordField[] none = {};
        final RecordField[] fetch = {reason, inPlace("fetch-addr", 3, 51, 3)};
        final RecordField[] walk = {reason, bit("pnu", 1, 33), bit("ind", 1, 34), bit("rnw", 1, 35), bit("s2", 1, 39),
            eventClass(), inputAddress, inPlace("fetch-addr", 3, 51, 3)};
        final RecordField[] conflict = {reason, bit("pnu", 1, 33), bit("ind", 1, 34), bit("rnw", 1, 35),
            bit("s2", 1, 39), inputAddress, inPlace("ipa", 3, 51, 12)};
        final RecordField[] access = {bit("pnu", 1, 33), bit("ind", 1, 34), bit("rnw", 1, 35), inputAddress};
        final RecordField[] upstream = join(new RecordField[] {reason}, access);
        final RecordField[] fault = {bits("stag", 1, 15, 0), bit("gpcf", 1, 16), bit("stall", 1, 31),
            bit("pnu", 1, 33), bit("ind", 1, 34), bit("rnw", 1, 35), bit("nsipa", 1, 38), bit("s2", 1, 39),
            eventClass(), inputAddress, inPlace("ipa", 3, 51, 12)};
        final RecordField[] permission = join(fault, bit("ttrnw", 1, 44));
        final List<RecordLayout> layouts = new ArrayList<>(List.of(
                event("f-uut", EventRecord.F_UUT, upstream),
                event("c-bad-streamid", EventRecord.C_BAD_STREAMID, none),
                event("f-ste-fetch", EventRecord.F_STE_FETCH, fetch),
                event("c-bad-ste", EventRecord.C_BAD_STE, none),
                event("f-bad-ats-treq", EventRecord.F_BAD_ATS_TREQ, inputAddress),
                event("f-stream-disabled", EventRecord.F_STREAM_DISABLED, none),
                event("f-transl-forbidden", EventRecord.F_TRANSL_FORBIDDEN, access),
                event("c-bad-substreamid", EventRecord.C_BAD_SUBSTREAMID, none),
                event("f-cd-fetch", EventRecord.F_CD_FETCH, fetch),
                event("c-bad-cd", EventRecord.C_BAD_CD, none),
                event("f-walk-eabt", EventRecord.F_WALK_EABT, walk),
                event("f-translation", EventRecord.F_TRANSLATION, fault),
                event("f-addr-size", EventRecord.F_ADDR_SIZE, fault),
                event("f-access", EventRecord.F_ACCESS, fault),
                event("f-permission", EventRecord.F_PERMISSION, permission),
                event("f-tlb-conflict", EventRecord.F_TLB_CONFLICT, conflict),
                event("f-cfg-conflict", EventRecord.F_CFG_CONFLICT, reason),
                event("e-page-request", EventRecord.E_PAGE_REQUEST, access),
                event("f-vms-fetch", EventRecord.F_VMS_FETCH, fetch)));
        for (int id = EventRecord.IMPLEMENTATION_DEFINED; id < EventRecord.IMPLEMENTATION_DEFINED + 16; id++) {
            layouts.add(event("implementation-defined-" + Integer.toHexString(id), id, rawWords()));
        }
        layouts.add(RecordLayout.of("unknown-event", 4,
                join(new RecordField[] {bits("event-id", 0, 7, 0), SSV, SUBSTREAM_ID, STREAM_ID}, rawWords())));
        return new RecordFamily("event", layouts.toArray(RecordLayout[]::new));
    }

    private static RecordField eventClass() {
        return bits("class", 1, 41, 40).meaning(EventRecord.CLASS_CD, "cd").meaning(EventRecord.CLASS_TT, "tt")
                .meaning(EventRecord.CLASS_IN, "in");
    }

    private static RecordField[] rawWords() {
        return new RecordField[] {bits("word-1", 1, 63, 0), bits("word-2", 2, 63, 0), bits("word-3", 3, 63, 0)};
    }

    private static RecordLayout event(final String name, final int id, final RecordField... more) {
        final RecordField eventId = bits("event-id", 0, 7, 0).meaning(id, name);
        final RecordField[] common = {eventId, SSV, SUBSTREAM_ID, STREAM_ID};
        return RecordLayout.of(name, 4, join(common, more)).fix("event-id", id);
    }

    private static RecordFamily commandQueue() {
        final RecordField leaf = bit("leaf", 1, 0);
        final RecordField vmid = bits("vmid", 0, 47, 32);
        final RecordField asid = bits("asid", 0, 63, 48);
        final RecordField[] range = {bits("num", 0, 16, 12), bits("scale", 0, 24, 20), leaf, bits("ttl", 1, 9, 8),
            bits("tg", 1, 11, 10).meaning(0, "none").meaning(1, "4k").meaning(2, "16k").meaning(3, "64k")};
        final RecordField[] byAddress = join(new RecordField[] {vmid, asid}, join(range, ADDRESS));
        final RecordField[] byIpa = join(new RecordField[] {vmid}, join(range, inPlace("ipa", 1, 51, 12)));
        return new RecordFamily("command",
                command("prefetch-cfg", Command.PREFETCH_CFG, SSV, SUBSTREAM_ID, STREAM_ID),
                command("cfgi-ste", Command.CFGI_STE, STREAM_ID, leaf),
                command("cfgi-ste-range", Command.CFGI_STE_RANGE, STREAM_ID,
                        bits("range", 1, 4, 0).meaning(Command.RANGE_ALL, "all")),
                command("cfgi-cd", Command.CFGI_CD, SUBSTREAM_ID, STREAM_ID, leaf),
                command("cfgi-cd-all", Command.CFGI_CD_ALL, STREAM_ID),
                command("tlbi-nh-all", Command.TLBI_NH_ALL, vmid),
                command("tlbi-nh-asid", Command.TLBI_NH_ASID, vmid, asid),
                command("tlbi-nh-va", Command.TLBI_NH_VA, byAddress),
                command("tlbi-nh-vaa", Command.TLBI_NH_VAA, byAddress),
                command("tlbi-el2-all", Command.TLBI_EL2_ALL),
                command("tlbi-el2-asid", Command.TLBI_EL2_ASID, asid),
                command("tlbi-el2-va", Command.TLBI_EL2_VA, byAddress),
                command("tlbi-s12-vmall", Command.TLBI_S12_VMALL, vmid),
                command("tlbi-s2-ipa", Command.TLBI_S2_IPA, byIpa),
                command("tlbi-nsnh-all", Command.TLBI_NSNH_ALL),
                command("atc-inv", Command.ATC_INV, bit("global", 0, 9), SSV, SUBSTREAM_ID, STREAM_ID,
                        bits("size", 1, 5, 0).meaning(Command.ATC_ALL, "all"), ADDRESS),
                command("pri-resp", Command.PRI_RESP, SSV, SUBSTREAM_ID, STREAM_ID, bits("prg-index", 1, 8, 0),
                        bits("resp", 1, 13, 12).meaning(Command.RESP_FAILURE, "response-failure")
                                .meaning(Command.RESP_INVALID, "invalid-request")
                                .meaning(Command.RESP_SUCCESS, "success").meaning(Command.RESP_ILLEGAL, "illegal")),
                command("resume", Command.RESUME, bit("ssec", 0, 10), bit("ac", 0, 12), bit("ab", 0, 13), STREAM_ID,
                        bits("stag", 1, 15, 0)),
                command("stall-term", Command.STALL_TERM, bit("ssec", 0, 10), STREAM_ID),
                command("sync", Command.SYNC,
                        bits("cs", 0, 13, 12).meaning(Command.CS_NONE, "none").meaning(Command.CS_IRQ, "irq")
                                .meaning(Command.CS_SEV, "sev").meaning(Command.CS_ILLEGAL, "illegal"),
                        bits("msh", 0, 23, 22), bits("msi-attr", 0, 27, 24), bits("msi-data", 0, 63, 32),
                        inPlace("msi-address", 1, 51, 2)),
                RecordLayout.of("unknown-command", 2, bits("opcode", 0, 7, 0), bits("word-0", 0, 63, 8),
                        bits("word-1", 1, 63, 0)));
    }

    private static RecordLayout command(final String name, final int opcode, final RecordField... more) {
        final RecordField[] first = {bits("opcode", 0, 7, 0).meaning(opcode, name)};
        return RecordLayout.of(name, 2, join(first, more)).fix("opcode", opcode);
    }

    private static RecordField[] join(final RecordField[] first, final RecordField... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(RecordField[]::new);
    }
}
