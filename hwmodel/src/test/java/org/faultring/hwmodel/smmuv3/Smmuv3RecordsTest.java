/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordLayout;
import org.junit.jupiter.api.Test;

class Smmuv3RecordsTest {

    private static final List<RecordFamily> FAMILIES = List.of(Smmuv3Records.PRQ, Smmuv3Records.EVENT,
            Smmuv3Records.COMMAND, Smmuv3Records.CMDQV);

    private static Map<String, Long> decode(final RecordFamily family, final String layout, final long... words) {
        assertEquals(layout, family.layoutOf(words).name());
        assertArrayEquals(new long[words.length], family.layoutOf(words).reserved(words));
        final Map<String, Long> fields = family.layoutOf(words).decode(words);
        assertArrayEquals(words, family.layoutOf(words).encode(fields));
        return fields;
    }

    @Test
    void shouldNameThePageRequestsOfTheWorkedExamples() {
        final Map<String, Long> request = decode(Smmuv3Records.PRQ, "page-request", 0xF000004200000308L,
                0x00007F12345671A5L);
        assertEquals(Map.of("stream-id", 0x308L, "substream-id", 0x42L, "priv", 0L, "exec", 0L, "read", 1L, "write",
                1L, "last", 1L, "ssv", 1L, "prg-index", 0x1A5L, "page-address", 0x7F1234567000L), request);
        decode(Smmuv3Records.PRQ, "stop-marker", 0xC000004200000308L, 0);
        decode(Smmuv3Records.PRQ, "page-request", 0x4000000000000308L, 0);
    }

    @Test
    void shouldNameTheEventsOfTheWorkedExamples() {
        final Map<String, Long> stall = decode(Smmuv3Records.EVENT, "f-translation", 0x0000030800042810L,
                0x0000020080000007L, 0x00007F1234567ABCL, 0);
        assertEquals(7L, stall.get("stag"));
        assertEquals(1L, stall.get("stall"));
        assertEquals(0L, stall.get("rnw"));
        assertEquals(2L, stall.get("class"));
        assertEquals(0x42L, stall.get("substream-id"));
        assertEquals(0x7F1234567ABCL, stall.get("input-addr"));
        final Map<String, Long> permission = decode(Smmuv3Records.EVENT, "f-permission", 0x0000030800000013L,
                0x0000118A00000000L, 0x00007F1234567ABCL, 0x0000080001234000L);
        assertEquals(1L, permission.get("ttrnw"));
        assertEquals(1L, permission.get("s2"));
        assertEquals(1L, permission.get("pnu"));
        assertEquals(1L, permission.get("class"));
        assertEquals(0x80001234000L, permission.get("ipa"));
        assertEquals(0L, permission.get("ssv"));
        final Map<String, Long> virtual = decode(Smmuv3Records.EVENT, "f-translation", 0x0000001000042810L,
                0x0000020000000000L, 0x00007F1234567ABCL, 0);
        assertEquals(0x10L, virtual.get("stream-id"));
    }

    @Test
    void shouldNameTheCommandsOfTheWorkedExamples() {
        assertEquals(1L, decode(Smmuv3Records.COMMAND, "resume", 0x0000030800001044L, 7).get("ac"));
        assertEquals(1L, decode(Smmuv3Records.COMMAND, "resume", 0x0000030800002044L, 7).get("ab"));
        assertEquals(7L, decode(Smmuv3Records.COMMAND, "resume", 0x0000030800000044L, 7).get("stag"));
        assertEquals(2L, decode(Smmuv3Records.COMMAND, "pri-resp", 0x0000030800042841L, 0x21A5).get("resp"));
        assertEquals(0x1A5L, decode(Smmuv3Records.COMMAND, "pri-resp", 0x0000030800042841L, 0x11A5).get("prg-index"));
        assertEquals(0L, decode(Smmuv3Records.COMMAND, "sync", 0x0FC00046L, 0).get("cs"));
        assertEquals(0x123456780L,
                decode(Smmuv3Records.COMMAND, "sync", 0x0FC01046L, 0x123456780L).get("msi-address"));
        assertEquals(2L, decode(Smmuv3Records.COMMAND, "sync", 0x0FC02046L, 0).get("cs"));
        assertEquals(4L, decode(Smmuv3Records.COMMAND, "atc-inv", 0x0000030800042840L, 4).get("size"));
        assertEquals(0x34L, decode(Smmuv3Records.COMMAND, "atc-inv", 0x0000030800000040L, 0x34).get("size"));
        final Map<String, Long> range = decode(Smmuv3Records.COMMAND, "tlbi-nh-va", 0x0021000000004012L,
                0x00007F1234567701L);
        assertEquals(4L, range.get("num"));
        assertEquals(0x21L, range.get("asid"));
        assertEquals(3L, range.get("ttl"));
        assertEquals(1L, range.get("tg"));
        assertEquals(6L, decode(Smmuv3Records.COMMAND, "tlbi-nh-va", 0x0021000000600012L, 0x00007F123456C701L)
                .get("scale"));
        assertEquals(1L, decode(Smmuv3Records.COMMAND, "cfgi-cd", 0x0000030800042005L, 1).get("leaf"));
        assertEquals(0x1FL, decode(Smmuv3Records.COMMAND, "cfgi-ste-range", 4, 0x1F).get("range"));
        assertEquals("all", Smmuv3Records.COMMAND.layout("cfgi-ste-range").orElseThrow().field("range").orElseThrow()
                .meaningOf(0x1F));
    }

    @Test
    void shouldShowAllOfWhatItDoesNotKnow() {
        final Map<String, Long> event = decode(Smmuv3Records.EVENT, "unknown-event", 0x7F_0000_00FFL, -1L, 2, 3);
        assertEquals(0xFFL, event.get("event-id"));
        assertEquals(-1L, event.get("word-1"));
        decode(Smmuv3Records.EVENT, "implementation-defined-e7", 0xE7, -1L, -1L, -1L);
        decode(Smmuv3Records.COMMAND, "unknown-command", -1L, -1L);
    }

    @Test
    void shouldTellEveryWordFromItsFieldsAndReservedBits() {
        final Random random = new Random(14);
        for (final RecordFamily family : FAMILIES) {
            for (int i = 0; i < 20_000; i++) {
                final long[] words = random.longs(family.words()).toArray();
                if (random.nextBoolean()) {
                    // Any kind of event or command: most words are none.
                    words[0] = words[0] & ~0xFFL | random.nextInt(0x50);
                }
                final RecordLayout layout = family.layoutOf(words);
                final long[] reserved = layout.reserved(words);
                final long[] again = layout.encode(layout.decode(words));
                for (int word = 0; word < words.length; word++) {
                    assertEquals(words[word], again[word] | reserved[word], () -> layout.name());
                    assertEquals(0, again[word] & reserved[word]);
                }
            }
        }
    }

    @Test
    void shouldHaveALayoutForEveryEventAndCommand() {
        for (final int id : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0xA, 0xB, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x24,
            0x25, 0xE0, 0xEF}) {
            assertTrue(!Smmuv3Records.EVENT.layoutOf(new long[] {id, 0, 0, 0}).fixed().isEmpty(),
                    () -> Integer.toHexString(id));
        }
        for (final int op : new int[] {1, 3, 4, 5, 6, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x22, 0x28, 0x2A, 0x30, 0x40,
            0x41, 0x44, 0x45, 0x46}) {
            assertTrue(!Smmuv3Records.COMMAND.layoutOf(new long[] {op, 0}).fixed().isEmpty(),
                    () -> Integer.toHexString(op));
        }
    }

    @Test
    void shouldAgreeWithTheFunctionsOfHotPaths() {
        final Random random = new Random(15);
        for (int i = 0; i < 20_000; i++) {
            final long[] entry = {random.nextLong(), random.nextLong()};
            final Map<String, Long> request = Smmuv3Records.PRQ.layoutOf(entry).decode(entry);
            assertEquals(request.get("stream-id"), PriQueueEntry.streamId(entry[0]) & 0xFFFFFFFFL);
            assertEquals(request.get("substream-id"), PriQueueEntry.substreamId(entry[0]));
            assertEquals(request.get("ssv") == 1, PriQueueEntry.hasSubstreamId(entry[0]));
            assertEquals(request.get("last") == 1, PriQueueEntry.isLast(entry[0]));
            assertEquals(request.get("prg-index"), PriQueueEntry.groupIndex(entry[1]));
            assertEquals(request.get("page-address"), PriQueueEntry.address(entry[1]));
            assertEquals(Smmuv3Records.PRQ.layoutOf(entry).name().equals("stop-marker"),
                    PriQueueEntry.isStopMarker(entry[0]));
            final long[] fault = {random.nextLong() & ~0xFFL | EventRecord.F_PERMISSION, random.nextLong(), 0, 0};
            final Map<String, Long> event = Smmuv3Records.EVENT.layoutOf(fault).decode(fault);
            assertEquals(event.get("stream-id"), EventRecord.streamId(fault[0]) & 0xFFFFFFFFL);
            assertEquals(event.get("substream-id"), EventRecord.substreamId(fault[0]));
            assertEquals(event.get("stag"), EventRecord.stallTag(fault[1]));
            assertEquals(event.get("class"), EventRecord.clazz(fault[1]));
            assertEquals(event.get("stall") == 1, EventRecord.isStall(fault[1]));
            final long[] response = {random.nextLong() & ~0xFFL | Command.PRI_RESP, random.nextLong()};
            final Map<String, Long> command = Smmuv3Records.COMMAND.layoutOf(response).decode(response);
            assertEquals(command.get("resp"), Command.response(response[1]));
            assertEquals(command.get("prg-index"), Command.groupIndex(response[1]));
            assertEquals(command.get("ssv") == 1 ? command.get("substream-id") : -1, Command.pasid(response[0]));
        }
    }
}
