/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that a layout ruler in Javadoc draws: what stands between two rules is a row, its byte offset stands at
 * the right margin, and a row may be split into cells by bars that stand where its bits begin.
 */
final class LayoutTable {

    /**
     * One field.
     *
     * @param label  what is written in it, lines joined by a blank
     * @param offset of its first byte
     * @param words  lines it takes, 32 bits each
     */
    record Field(String label, int offset, int words) {}

    private static final Path SOURCES = Path.of("..", "ring", "src", "main", "java", "org", "faultring", "ring");
    private static final Pattern RULER = Pattern.compile("<pre>\\R(.*?)</pre>", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("\\+[-+]+\\+");
    private static final Pattern CONTENT = Pattern.compile("\\|(.*)\\|(?:\\s+(\\d+))?\\s*");

    private final List<Field> fields = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private int offset = -1;

    private LayoutTable() {}

    /** Fields of the ruler in the Javadoc of a class, the first is number 0. */
    static List<Field> ofClass(final Class<?> type, final int number) throws IOException {
        final String below = type.getName().substring(LayoutTable.class.getPackageName().length() + 1);
        return ofSource(Files.readString(SOURCES.resolve(below.replace('.', '/') + ".java")), number);
    }

    static List<Field> ofSource(final String source, final int number) {
        final List<String> rulers = RULER.matcher(source).results().map(ruler -> ruler.group(1))
                .filter(text -> text.contains("+---")).toList();
        return new LayoutTable().parse(rulers.get(number));
    }

    private List<Field> parse(final String ruler) {
        for (final String line : ruler.lines().toList()) {
            final String text = line.replaceFirst("^\\s*\\* ?", "").strip();
            final Matcher content = CONTENT.matcher(text);
            if (RULE.matcher(text).matches()) {
                endRow();
            } else if (content.matches()) {
                lines.add(content.group(1));
                if (content.group(2) != null) {
                    if (offset >= 0) {
                        throw new IllegalArgumentException("two offsets in one row: " + text);
                    }
                    offset = Integer.parseInt(content.group(2));
                }
            }
        }
        // What stands open at the end, as "…" does, has no offset.
        if (offset >= 0) {
            throw new IllegalArgumentException("no rule below " + lines);
        }
        return fields;
    }

    private void endRow() {
        if (!lines.isEmpty()) {
            if (offset < 0) {
                throw new IllegalArgumentException("no offset beside " + lines);
            }
            int begin = 0;
            for (int bar = firstBar(begin); bar >= 0; bar = firstBar(begin)) {
                addField(begin, bar);
                begin = bar + 1;
            }
            addField(begin, Integer.MAX_VALUE);
        }
        lines.clear();
        offset = -1;
    }

    private int firstBar(final int from) {
        return lines.get(0).indexOf('|', from);
    }

    private void addField(final int begin, final int end) {
        final StringBuilder label = new StringBuilder();
        for (final String line : lines) {
            label.append(line, begin, Math.min(end, line.length())).append(' ');
        }
        // Two characters are a bit, a bar is half of one.
        fields.add(new Field(label.toString().strip().replaceAll("\\s+", " "), offset + begin / 16, lines.size()));
    }
}
