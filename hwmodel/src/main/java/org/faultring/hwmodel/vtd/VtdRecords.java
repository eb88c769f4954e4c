/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.faultring.hwmodel.layout.RecordField.bit;
import static org.faultring.hwmodel.layout.RecordField.bits;
import static org.faultring.hwmodel.layout.RecordField.inPlace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/**
 * The raw records of VT-d as data. Layouts are in the classes with the static functions: {@link PageRequestDescriptor},
 * {@link FaultRecord}, {@link InvalidationDescriptor} and those it points to.
 *
 * <p>Immutable; any thread.
 */
public final class VtdRecords {

    /** Page request queue: stop markers, requests, requests with private data, and anything else; 4 words. */
    public static final RecordFamily PRQ;
    /** Fault recording registers; 2 words. */
    public static final RecordFamily FAULT;
    /** Invalidation queue, descriptors of 256 bits: one layout for each type, and anything else; 4 words. */
    public static final RecordFamily INVALIDATION;
    /** Invalidation queue, descriptors of 128 bits: the same in 2 words. */
    public static final RecordFamily INVALIDATION_128;
    /** All families. */
    public static final List<RecordFamily> FAMILIES;

    private static final RecordField INVALIDATION_TYPE = invalidationType();
    private static final RecordField DOMAIN = bits("did", 0, 31, 16);
    private static final RecordField PASID = bits("pasid", 0, 51, 32);
    private static final RecordField CODE = bits("response-code", 0, 15, 12).meaning(0, "success")
            .meaning(1, "invalid request").meaning(2, "reserved, failure of linux").meaning(0xF, "response failure");
    private static final RecordField ADDRESS_MASK = bits("am", 1, 5, 0);
    private static final RecordField HINT = bit("ih", 1, 6);
    private static final RecordField ADDRESS = inPlace("address", 1, 63, 12);
    private static final RecordField PFSID = bits("pfsid", 0, 15, 12).then(0, 63, 52);
    private static final RecordField[] RESPONSE = {bit("pp", 0, 4), CODE, bits("rid", 0, 31, 16), PASID,
        bits("prgi", 1, 11, 3)};

    static {
        PRQ = pageRequests();
        FAULT = new RecordFamily("fault", fault());
        final List<RecordLayout> invalidations = new ArrayList<>(invalidations(4));
        invalidations.add(0, responseWithPrivateData());
        INVALIDATION = new RecordFamily("command", invalidations.toArray(RecordLayout[]::new));
        INVALIDATION_128 = new RecordFamily("command-128", invalidations(2).toArray(RecordLayout[]::new));
        FAMILIES = List.of(PRQ, FAULT, INVALIDATION, INVALIDATION_128);
    }

    private VtdRecords() {}

    private static RecordFamily pageRequests() {
        final RecordField type = bits("type", 0, 7, 0).meaning(PageRequestDescriptor.TYPE, "page request");
        final RecordField[] request = {type, bit("pp", 0, 8), bits("rid", 0, 31, 16), PASID, bit("exr", 0, 52),
            bit("pmr", 0, 53), bit("rd", 1, 0), bit("wr", 1, 1), bit("lpig", 1, 2), bits("prgi", 1, 11, 3), ADDRESS};
        final RecordField[] withData = with(request, bit("pdp", 0, 9), bits("private-data-low", 2, 63, 0),
                bits("private-data-high", 3, 63, 0));
        return new RecordFamily("prq",
                RecordLayout.of("stop-marker", 4, request).fix("type", PageRequestDescriptor.TYPE).fix("pp", 1)
                        .fix("lpig", 1).fix("rd", 0).fix("wr", 0),
                RecordLayout.of("page-request-with-private-data", 4, withData).fix("type", PageRequestDescriptor.TYPE)
                        .fix("pdp", 1),
                RecordLayout.of("page-request", 4, request).fix("type", PageRequestDescriptor.TYPE),
                RecordLayout.of("unknown", 4, type));
    }

    private static RecordLayout fault() {
        RecordField reason = bits("fr", 1, 39, 32);
        for (final Map.Entry<Integer, String> text : FaultReason.texts().entrySet()) {
            reason = reason.meaning(text.getKey(), text.getValue());
        }
        final RecordField kind = bits("t2-t1", 1, 28, 28).then(1, 62, 62).meaning(0, "write")
                .meaning(1, "page request").meaning(2, "read").meaning(3, "atomic");
        return RecordLayout.of("fault", 2, bit("f", 1, 63), bits("sid", 1, 15, 0), reason, kind, bit("pp", 1, 31),
                bits("pasid", 1, 59, 40), bit("exe", 1, 30), bit("priv", 1, 29),
                bits("at", 1, 61, 60).meaning(0, "untranslated").meaning(1, "translation request")
                        .meaning(2, "translated"),
                inPlace("fi", 0, 63, 12));
    }

    private static List<RecordLayout> invalidations(final int words) {
        final RecordField context = bits("g", 0, 5, 4).meaning(1, "global").meaning(2, "domain").meaning(3, "device");
        final RecordField iotlb = bits("g", 0, 5, 4).meaning(1, "global").meaning(2, "domain").meaning(3, "pages");
        final RecordField interrupt = bit("g", 0, 4).meaning(0, "global").meaning(1, "index");
        final RecordField pasidIotlb = bits("g", 0, 5, 4).meaning(2, "pasid").meaning(3, "pages");
        final RecordField pasidCache = bits("g", 0, 5, 4).meaning(0, "domain").meaning(1, "pasid")
                .meaning(3, "global");
        return List.of(
                of(words, InvalidationDescriptor.CONTEXT_CACHE, "context-cache", context, DOMAIN,
                        bits("sid", 0, 47, 32), bits("fm", 0, 49, 48)),
                of(words, InvalidationDescriptor.IOTLB, "iotlb", iotlb, bit("dw", 0, 6), bit("dr", 0, 7), DOMAIN,
                        ADDRESS_MASK, HINT, ADDRESS),
                of(words, InvalidationDescriptor.DEVICE_TLB, "device-tlb", PFSID, bits("qdep", 0, 20, 16),
                        bits("sid", 0, 47, 32), bit("s", 1, 0), ADDRESS),
                of(words, InvalidationDescriptor.INTERRUPT_ENTRY_CACHE, "interrupt-entry-cache", interrupt,
                        bits("im", 0, 31, 27), bits("iidx", 0, 47, 32)),
                of(words, InvalidationDescriptor.WAIT, "wait", bit("if", 0, 4), bit("sw", 0, 5), bit("fn", 0, 6),
                        bit("pd", 0, 7), bits("status-data", 0, 63, 32), inPlace("status-address", 1, 63, 2)),
                of(words, InvalidationDescriptor.PASID_IOTLB, "pasid-iotlb", pasidIotlb, DOMAIN, PASID, ADDRESS_MASK,
                        HINT, ADDRESS),
                of(words, InvalidationDescriptor.PASID_CACHE, "pasid-cache", pasidCache, DOMAIN, PASID),
                of(words, InvalidationDescriptor.PASID_DEVICE_TLB, "pasid-device-tlb", PFSID, bits("qdep", 0, 8, 4),
                        bits("sid", 0, 31, 16), PASID, bit("g", 1, 0), bit("s", 1, 11), ADDRESS),
                response(words),
                RecordLayout.of("unknown", words, INVALIDATION_TYPE));
    }

    private static RecordLayout response(final int words) {
        return of(words, InvalidationDescriptor.PAGE_GROUP_RESPONSE, "page-group-response", RESPONSE);
    }

    private static RecordLayout responseWithPrivateData() {
        return of(4, InvalidationDescriptor.PAGE_GROUP_RESPONSE, "page-group-response-with-private-data",
                with(RESPONSE, bit("pdp", 0, 5), bits("private-data-low", 2, 63, 0),
                        bits("private-data-high", 3, 63, 0)))
                .fix("pdp", 1);
    }

    private static RecordLayout of(final int words, final int type, final String name, final RecordField... fields) {
        final RecordField[] all = new RecordField[fields.length + 1];
        all[0] = INVALIDATION_TYPE;
        System.arraycopy(fields, 0, all, 1, fields.length);
        return RecordLayout.of(name, words, all).fix("type", type);
    }

    private static RecordField[] with(final RecordField[] fields, final RecordField... more) {
        final RecordField[] all = Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    private static RecordField invalidationType() {
        return bits("type", 0, 3, 0).then(0, 11, 9).meaning(1, "context cache").meaning(2, "iotlb")
                .meaning(3, "device tlb").meaning(4, "interrupt entry cache").meaning(5, "wait")
                .meaning(6, "pasid iotlb").meaning(7, "pasid cache").meaning(8, "pasid device tlb")
                .meaning(9, "page group response");
    }

    /**
     * Bits that must be 0 in a descriptor of the invalidation queue.
     *
     * @param word 0 or 1
     * @return masks by type, 0 for types that there are not
     */
    static long[] reservedOfInvalidations(final int word) {
        final long[] masks = new long[InvalidationDescriptor.PAGE_GROUP_RESPONSE + 1];
        for (final RecordLayout layout : INVALIDATION.layouts()) {
            final Long type = layout.fixed().get("type");
            if (type != null) {
                masks[type.intValue()] = layout.reserved(new long[] {-1, -1, -1, -1})[word];
            }
        }
        return masks;
    }
}
