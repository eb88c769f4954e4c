/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordEncoderTest {

    private static final long SEED = 20261125;
    private static final int ROUNDS = 2_000;

    static Stream<Arguments> families() {
        return Arrays.stream(Vendor.values())
                .flatMap(vendor -> vendor.families().stream().map(family -> Arguments.of(vendor, family.name())));
    }

    @Test
    void shouldCoverEveryFamilyOfEveryVendor() {
        assertEquals(List.of("vtd", "smmuv3", "amd", "riscv", "pci"), Vendor.labels());
        assertEquals(20, families().count());
    }

    private static String[] assignments(final DecodedRecord decoded) {
        final List<String> arguments = new ArrayList<>(List.of(decoded.layout().name()));
        Stream.concat(decoded.fields().stream(), decoded.reserved().stream())
                .forEach(field -> arguments.add(field.name() + "=" + Hex.value(field.value())));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("families")
    void shouldEncodeWhatWasDecodedOfRandomWords(final Vendor vendor, final String name) {
        final RecordFamily family = vendor.family(name);
        final RecordEncoder encoder = new RecordEncoder(vendor, family);
        final Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            final long[] words = random.longs(family.words()).toArray();
            final RecordLayout meant = family.layouts().get(round % family.layouts().size());
            if (round % 3 != 0) { // Else few random words had a known type.
                meant.fixed().forEach((field, value) -> meant.field(field).orElseThrow().set(words, value));
            }
            final DecodedRecord decoded =
                    DecodedRecord.of(vendor, family, new RawRecord(words, RawRecord.WORDS, List.of()));
            final DecodedRecord encoded = encoder.encode(List.of(assignments(decoded)));
            assertArrayEquals(words, encoded.raw().words(), () -> "seed " + SEED + ": " + decoded);
            assertEquals(List.of(), encoded.raw().notes());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void shouldDecodeWhatWasEncodedOfRandomValues(final Vendor vendor, final String name) {
        final RecordFamily family = vendor.family(name);
        final RecordEncoder encoder = new RecordEncoder(vendor, family);
        final Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            final RecordLayout layout = family.layouts().get(round % family.layouts().size());
            final Map<String, Long> values = new LinkedHashMap<>();
            final List<String> arguments = new ArrayList<>(List.of(layout.name()));
            for (final RecordField field : layout.fields()) {
                final long value = layout.fixed().getOrDefault(field.name(), random.nextLong() & field.max());
                values.put(field.name(), value);
                arguments.add(field.name() + "=" + (round % 2 == 0 ? Hex.value(value) : Long.toUnsignedString(value)));
            }
            final DecodedRecord encoded = encoder.encode(arguments);
            final DecodedRecord decoded = DecodedRecord.of(vendor, family, encoded.raw());
            if (encoded.raw().notes().isEmpty()) {
                assertEquals(layout.name(), decoded.layout().name());
                final Map<String, Long> found = new LinkedHashMap<>();
                decoded.fields().forEach(field -> found.put(field.name(), field.value()));
                assertEquals(values, found, () -> "seed " + SEED + ": " + arguments);
                assertEquals(List.of(), decoded.reserved());
            } else {
                assertFalse(layout == decoded.layout(), () -> "seed " + SEED + ": " + arguments);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void shouldShowEveryBitOfARecord(final Vendor vendor, final String name) {
        final RecordFamily family = vendor.family(name);
        final long[] ones = new long[family.words()];
        Arrays.fill(ones, -1L);
        final DecodedRecord decoded = DecodedRecord.of(vendor, family, new RawRecord(ones, RawRecord.WORDS, List.of()));
        int bits = 0;
        for (final DecodedRecord.Field field : Stream.concat(decoded.fields().stream(), decoded.reserved().stream())
                .toList()) {
            bits += Long.bitCount(field.value());
            assertTrue(field.bits().matches("qw[0-3] \\d+(:\\d+)?([, ](qw[0-3] )?\\d+(:\\d+)?)*"), field::bits);
        }
        assertEquals(Long.SIZE * family.words(), bits);
    }

    @Test
    void shouldTakeTheLayoutThatNeedsLeastAdded() {
        final RecordEncoder requests = new RecordEncoder(Vendor.VTD, Vendor.VTD.family("prq"));
        assertEquals("page-request", requests.encode(List.of("rid=0x308")).layout().name());
        assertEquals("page-request", requests.encode(List.of()).layout().name());
        assertEquals("stop-marker", requests.encode(List.of("pp=1", "lpig=1")).layout().name());
        assertEquals("page-request-with-private-data",
                requests.encode(List.of("private-data-low=1")).layout().name());
        final RecordEncoder events = new RecordEncoder(Vendor.AMD, Vendor.AMD.family("event"));
        assertEquals("io-page-fault", events.encode(List.of("type=io-page-fault")).layout().name());
        assertEquals("unknown", events.encode(List.of("type=15")).layout().name());
    }
}
