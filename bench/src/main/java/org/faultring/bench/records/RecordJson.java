/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.faultring.hwmodel.layout.RecordFamily;

/** Decoded records as JSON. Values are texts like {@code 0x1a5}, since JSON's numbers need not hold 64 bits. */
public final class RecordJson {

    /** Name and version of the format. */
    public static final String SCHEMA = "faultring-records/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RecordJson() {}

    /**
     * Records of one kind.
     *
     * @param vendor  of all
     * @param family  of all
     * @param records any number
     * @return an object
     */
    public static String of(final Vendor vendor, final RecordFamily family, final List<DecodedRecord> records) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", SCHEMA);
        all.put("vendor", vendor.label());
        all.put("record", family.name());
        all.put("records", records.stream().map(RecordJson::record).toList());
        try {
            return JSON.writeValueAsString(all);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("records that cannot be JSON", e);
        }
    }

    private static Map<String, Object> record(final DecodedRecord record) {
        final long[] words = record.raw().words();
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("layout", record.layout().name());
        all.put("words", Arrays.stream(words).mapToObj(Hex::word).toList());
        all.put("bytes", Hex.bytes(words));
        all.put("source", record.raw().source());
        all.put("fields", fields(record.fields()));
        all.put("reserved", fields(record.reserved()));
        all.put("notes", record.raw().notes());
        return all;
    }

    private static Map<String, Object> fields(final List<DecodedRecord.Field> fields) {
        final Map<String, Object> all = new LinkedHashMap<>();
        for (final DecodedRecord.Field field : fields) {
            final Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", Hex.value(field.value()));
            one.put("bits", field.bits());
            if (!field.meaning().isEmpty()) {
                one.put("meaning", field.meaning());
            }
            all.put(field.name(), one);
        }
        return all;
    }
}
