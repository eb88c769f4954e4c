/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bit rulers in the Javadoc of a class, so that a test can compare them with the code: a line of bit numbers above
 * a row of fields, each number within the field that it bounds.
 *
 * <pre>
 *  63          12 11      0
 *  +-------------+--------+
 *  |    high     |  low   | word
 *  +-------------+--------+
 * </pre>
 */
public final class Ruler {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * One field of a ruler.
     *
     * @param word what stands behind the row, or nothing
     * @param name of the field
     * @param high its highest bit
     * @param low  its lowest bit
     */
    public record Field(String word, String name, int high, int low) {

        public int width() {
            return high - low + 1;
        }

        public long mask() {
            return -1L >>> Long.SIZE - width() << low;
        }

        public long max() {
            return mask() >>> low;
        }
    }

    private final List<Field> fields;

    private Ruler(final List<Field> fields) {
        this.fields = fields;
    }

    /** The rulers in the Javadoc of a class of this module, in their order, one for each preformatted block. */
    public static List<Ruler> of(final Class<?> type) {
        final List<Ruler> rulers = new ArrayList<>();
        final Matcher blocks = Pattern.compile("<pre>\\n(.*?)</pre>", Pattern.DOTALL).matcher(source(type));
        while (blocks.find()) {
            rulers.add(new Ruler(parse(blocks.group(1).lines().toList())));
        }
        return rulers;
    }

    /** The Javadoc and code of a class of this module. */
    public static String source(final Class<?> type) {
        final String file = "src/main/java/" + type.getName().replace('.', '/') + ".java";
        // Maven runs tests in the folder of the module, some editors in that of the project.
        final Path inModule = Path.of(file);
        try {
            return Files.readString(Files.exists(inModule) ? inModule : Path.of("hwmodel", file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Field> parse(final List<String> lines) {
        final List<Field> fields = new ArrayList<>();
        String numbers = "";
        for (final String line : lines) {
            if (line.contains("|")) {
                fields.addAll(row(numbers, line));
            } else if (!line.contains("+")) {
                numbers = line;
            }
        }
        return fields;
    }

    private static List<Field> row(final String numbers, final String line) {
        final List<Field> row = new ArrayList<>();
        final String word = line.substring(line.lastIndexOf('|') + 1).strip();
        int next = -1;
        int left = line.indexOf('|');
        for (int right = line.indexOf('|', left + 1); right >= 0; right = line.indexOf('|', right + 1)) {
            final List<Integer> bounds = numbersWithin(numbers, left, right);
            final String name = line.substring(left + 1, right).strip();
            assertTrue(!bounds.isEmpty(), () -> "no bit number above " + name + " in " + line);
            final Field field = new Field(word, name, bounds.get(0), bounds.get(bounds.size() - 1));
            assertTrue(field.high() >= field.low(), field::toString);
            assertTrue(next < 0 || field.high() == next, () -> "a gap before " + field);
            next = field.low() - 1;
            row.add(field);
            left = right;
        }
        assertEquals(-1, next, "the lowest bit of " + line);
        return row;
    }

    private static List<Integer> numbersWithin(final String numbers, final int left, final int right) {
        final List<Integer> found = new ArrayList<>();
        final Matcher matcher = NUMBER.matcher(numbers);
        while (matcher.find()) {
            final double middle = (matcher.start() + matcher.end() - 1) / 2.0;
            if (middle > left && middle <= right) {
                found.add(Integer.parseInt(matcher.group()));
            }
        }
        return found;
    }

    public List<Field> fields() {
        return fields;
    }

    /** The only field of that name in a row. */
    public Field field(final String word, final String name) {
        final List<Field> found = fields.stream().filter(f -> f.word().equals(word) && f.name().equals(name)).toList();
        assertEquals(1, found.size(), () -> name + " of " + word + " in " + fields);
        return found.get(0);
    }

    /** Bits of a row that no field but those called 0 covers. */
    public long zeroBits(final String word) {
        return fields.stream().filter(f -> f.word().equals(word) && f.name().equals("0")).mapToLong(Field::mask)
                .reduce(0, (a, b) -> a | b);
    }
}
