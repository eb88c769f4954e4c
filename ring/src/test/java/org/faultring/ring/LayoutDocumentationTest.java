/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

import org.faultring.ring.kernel.MockNestedInvalidation;
import org.faultring.ring.kernel.MockVirtualInvalidation;
import org.junit.jupiter.api.Test;

/** The rulers in the Javadoc say what the code does: each row stands at the offset of the constant with its name. */
class LayoutDocumentationTest {

    private static final int WORD_BYTES = Integer.BYTES;

    @Test
    void shouldDrawTheFaultAsItIs() throws IOException {
        final List<LayoutTable.Field> ruler = LayoutTable.ofClass(PageFaultFlyweight.class, 0);
        assertEquals(offsetConstants(PageFaultFlyweight.class), byConstantName(ruler));
        assertToScale(ruler, PageFaultFlyweight.LENGTH_BYTES);
    }

    @Test
    void shouldDrawTheAnswerAsItIs() throws IOException {
        final List<LayoutTable.Field> ruler = LayoutTable.ofClass(PageResponseFlyweight.class, 0);
        assertEquals(offsetConstants(PageResponseFlyweight.class), byConstantName(ruler));
        assertToScale(ruler, PageResponseFlyweight.LENGTH_BYTES);
    }

    @Test
    void shouldDrawTheHeaderOfAnEventAsItIs() throws IOException {
        final List<LayoutTable.Field> ruler = LayoutTable.ofClass(EventHeaderFlyweight.class, 0);
        assertEquals(offsetConstants(EventHeaderFlyweight.class), byConstantName(ruler));
        assertToScale(ruler, EventHeaderFlyweight.LENGTH_BYTES);
    }

    @Test
    void shouldDrawTheEntriesOfMockInvalidationsAsTheyAre() throws IOException {
        final List<LayoutTable.Field> nested = LayoutTable.ofClass(MockNestedInvalidation.class, 0);
        assertEquals(offsetConstants(MockNestedInvalidation.class), byConstantName(nested));
        assertToScale(nested, MockNestedInvalidation.ENTRY_BYTES);
        final List<LayoutTable.Field> virtual = LayoutTable.ofClass(MockVirtualInvalidation.class, 0);
        assertEquals(offsetConstants(MockVirtualInvalidation.class), byConstantName(virtual));
        assertToScale(virtual, MockVirtualInvalidation.ENTRY_BYTES);
    }

    @Test
    void shouldDrawTheHeaderOfAFileAsItIs() throws IOException {
        final List<LayoutTable.Field> ruler = LayoutTable.ofClass(RingFileDescriptor.class, 0);
        assertEquals(offsetConstants(RingFileDescriptor.class), byConstantName(ruler));
        assertToScale(ruler, RingFileDescriptor.LENGTH_BYTES);
    }

    @Test
    void shouldDrawTheHeaderAndTheBlocksOfAMappedRingAsTheyAre() throws IOException {
        final List<LayoutTable.Field> header = LayoutTable.ofClass(MappedRingDescriptor.class, 0);
        assertEquals(offsetConstants(MappedRingDescriptor.class), byConstantName(header));
        assertToScale(header, MappedRingDescriptor.LENGTH_BYTES);
        final List<LayoutTable.Field> block = LayoutTable.ofClass(MappedRingDescriptor.class, 1);
        assertEquals(List.of("owner", "heartbeat", "refused", "repaired", "stale", "answering", "answer at"),
                block.stream().map(row -> row.label().split("[:,(]")[0].strip()).toList());
        assertEquals(List.of(MappedRingDescriptor.BLOCK_OWNER, MappedRingDescriptor.BLOCK_HEARTBEAT,
                MappedRingDescriptor.BLOCK_REFUSED, MappedRingDescriptor.BLOCK_REPAIRED,
                MappedRingDescriptor.BLOCK_STALE, MappedRingDescriptor.BLOCK_ANSWERING,
                MappedRingDescriptor.BLOCK_ANSWER_AT), block.stream().map(LayoutTable.Field::offset).toList());
        assertToScale(block, MappedRingDescriptor.BLOCK_LENGTH);
    }

    /** The page for other languages shows the same rulers, in its own order. */
    @Test
    void shouldDrawTheSameInTheDescriptionOfTheFile() throws IOException {
        final String page = Files.readString(Path.of("..", "docs", "abi.md"));
        final List<List<LayoutTable.Field>> rulers = List.of(LayoutTable.ofClass(MappedRingDescriptor.class, 0),
                LayoutTable.ofClass(MappedRingDescriptor.class, 1), LayoutTable.ofClass(FaultRingDescriptor.class, 0),
                LayoutTable.ofClass(FaultRingDescriptor.class, 1), LayoutTable.ofClass(PageFaultFlyweight.class, 0),
                LayoutTable.ofClass(OneToOneResponseRing.class, 0));
        for (int i = 0; i < rulers.size(); i++) {
            assertEquals(withoutLinks(rulers.get(i)), withoutLinks(LayoutTable.ofSource(page, i)));
        }
    }

    private static List<String> withoutLinks(final List<LayoutTable.Field> ruler) {
        return ruler.stream().map(row -> row.toString().replaceAll(", see \\{@link \\w+}", "")).toList();
    }

    @Test
    void shouldDrawTheControlWordsAsTheyAre() throws IOException {
        final Map<String, Integer> offsets = offsetConstants(FaultRingDescriptor.class);
        final List<LayoutTable.Field> table = LayoutTable.ofClass(FaultRingDescriptor.class, 0);
        assertTrue(table.get(0).label().startsWith("header "), table.get(0).label());
        assertEquals(FaultRingDescriptor.HEADER_OFFSET, table.get(0).offset());
        for (int i = 1; i < table.size() - 1; i++) {
            // "consumer position (8), written by the consumer pad 128" is CONSUMER_POSITION_OFFSET.
            final LayoutTable.Field row = table.get(i);
            final String name = row.label().substring(0, row.label().indexOf(" ("));
            assertEquals(offsets.get(constantName(name)), row.offset(), row.label());
            assertTrue(row.label().contains("(" + Long.BYTES + ")"), row.label());
            final int padded = table.get(i + 1).offset() - row.offset();
            assertTrue(padded == Long.BYTES || row.label().endsWith("pad " + padded), row.label());
        }
        final LayoutTable.Field slots = table.get(table.size() - 1);
        assertEquals("slot 0 " + FaultRingDescriptor.SLOT_LENGTH_BYTES, slots.label());
        assertEquals(FaultRingDescriptor.SLOTS_OFFSET, slots.offset());
    }

    @Test
    void shouldDrawTheSlotAsItIs() throws IOException {
        final Map<String, String> constants = new LinkedHashMap<>();
        constants.put("the fault", "FAULT_OFFSET");
        constants.put("raise time", "RAISE_NANOS_OFFSET");
        constants.put("attachment", "ATTACHMENT_OFFSET");
        constants.put("group length", "GROUP_LENGTH_OFFSET");
        constants.put("0", "ZERO_OFFSET");
        constants.put("stamp", "STAMP_OFFSET");
        final List<LayoutTable.Field> ruler = LayoutTable.ofClass(FaultRingDescriptor.class, 1);
        assertOffsets(constants, FaultRingDescriptor.class, ruler);
        assertTrue(ruler.get(0).label().endsWith("(" + PageFaultFlyweight.LENGTH_BYTES + " bytes)"));
        assertToScale(ruler.subList(1, ruler.size()), FaultRingDescriptor.SLOT_LENGTH_BYTES);
    }

    @Test
    void shouldNameEveryOffsetOfTheFaultRingInOneOfItsTables() throws IOException {
        assertEquals(offsetConstants(FaultRingDescriptor.class).size(),
                LayoutTable.ofClass(FaultRingDescriptor.class, 0).size()
                        + LayoutTable.ofClass(FaultRingDescriptor.class, 1).size());
    }

    @Test
    void shouldDrawTheLineOfAnswersAsItIs() throws IOException {
        final List<LayoutTable.Field> ruler = LayoutTable.ofClass(OneToOneResponseRing.class, 0);
        assertEquals(List.of("answer 0: handle of the group", "answer 0: code",
                "answers 1 .. " + (OneToOneResponseRing.RESPONSES_PER_LINE - 1),
                "stamp: position + 1 of the line's newest"), ruler.stream().map(LayoutTable.Field::label).toList());
        assertEquals(List.of(PageResponseFlyweight.COOKIE_OFFSET, PageResponseFlyweight.CODE_OFFSET,
                PageResponseFlyweight.LENGTH_BYTES, OneToOneResponseRing.STAMP_OFFSET),
                ruler.stream().map(LayoutTable.Field::offset).toList());
        assertToScale(ruler.subList(3, 4), RingMemory.CACHE_LINE_BYTES);
    }

    @Test
    void shouldNoticeAChangedRow() {
        final String ruler = """
                 * <pre>
                 *  +---------------------------------------------------------------+
                 *  |                             cookie                            |  0
                 *  +-------------------------------+-------------------------------+
                 *  |              low              |              high             |  4
                 *  +-------------------------------+-------------------------------+
                 *  |                              code                             |  8
                 *  |                                                               |
                 *  +---------------------------------------------------------------+
                 * </pre>
                """;
        final List<LayoutTable.Field> fields = LayoutTable.ofSource(ruler, 0);
        assertEquals(Map.of("COOKIE_OFFSET", 0, "LOW_OFFSET", 4, "HIGH_OFFSET", 6, "CODE_OFFSET", 8),
                byConstantName(fields));
        assertToScale(fields, 16);
        assertEquals(12, byConstantName(LayoutTable.ofSource(ruler.replace("|  8", "| 12"), 0)).get("CODE_OFFSET"));
        assertFalse(byConstantName(LayoutTable.ofSource(ruler.replace("code", "kind"), 0)).containsKey("CODE_OFFSET"));
        assertThrows(AssertionError.class, () -> assertToScale(fields, 12));
        assertThrows(AssertionError.class,
                () -> assertToScale(LayoutTable.ofSource(ruler.replace("|  4", "|  5"), 0), 16));
        assertThrows(IllegalArgumentException.class, () -> LayoutTable.ofSource(ruler.replace("|  4", "|"), 0));
    }

    /** Rows follow each other without a gap, a line is 32 bits, and the last row ends where the record does. */
    private static void assertToScale(final List<LayoutTable.Field> ruler, final int endBytes) {
        for (int i = 0; i < ruler.size(); i++) {
            final LayoutTable.Field field = ruler.get(i);
            final int next = i + 1 < ruler.size() ? ruler.get(i + 1).offset() : endBytes;
            final boolean sharesItsRow = next - field.offset() < WORD_BYTES || field.offset() % WORD_BYTES != 0;
            assertEquals(sharesItsRow ? WORD_BYTES / 2 : field.words() * WORD_BYTES, next - field.offset(),
                    "length of the row " + field.label());
        }
    }

    private static void assertOffsets(final Map<String, String> constants, final Class<?> type,
            final List<LayoutTable.Field> table) {
        final Map<String, Integer> offsets = offsetConstants(type);
        assertEquals(constants.size(), table.size());
        int row = 0;
        for (final Entry<String, String> constant : constants.entrySet()) {
            final LayoutTable.Field field = table.get(row++);
            assertTrue(field.label().startsWith(constant.getKey()), field.label());
            assertEquals(offsets.get(constant.getValue()), field.offset(), field.label());
        }
    }

    private static Map<String, Integer> byConstantName(final List<LayoutTable.Field> ruler) {
        final Map<String, Integer> offsets = new HashMap<>();
        for (final LayoutTable.Field field : ruler) {
            offsets.put(constantName(field.label()), field.offset());
        }
        assertEquals(ruler.size(), offsets.size());
        return offsets;
    }

    private static String constantName(final String label) {
        return label.replaceAll("[- ]", "_").toUpperCase(Locale.ROOT) + "_OFFSET";
    }

    private static Map<String, Integer> offsetConstants(final Class<?> type) {
        final Map<String, Integer> offsets = new HashMap<>();
        for (final Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getName().endsWith("_OFFSET")) {
                offsets.put(field.getName(), valueOf(field));
            }
        }
        return offsets;
    }

    private static int valueOf(final Field constant) {
        try {
            return constant.getInt(null);
        } catch (final IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
