/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

/** What becomes of a line that is neither a page fault nor a comment. */
enum BrokenLines {
    /** The first one ends the reading. */
    REPORT {
        @Override
        void handle(String source, LineReader line, String expected) throws TraceFormatException {
            throw new TraceFormatException(
                    source + ", line " + line.number() + ": expected " + expected + ", found " + quote(line),
                    line.number(),
                    null);
        }
    },

    /** Each one is left out. */
    SKIP {
        @Override
        void handle(String source, LineReader line, String expected) {
            // The reader counts.
        }
    };

    private static final int QUOTED_CHARS = 80;
    private static final String CUT = "...";
    private static final String HEX = "0123456789abcdef";

    /**
     * Decides about one broken line.
     *
     * @param source   name of the input, for the message.
     * @param line     reader, standing on the line.
     * @param expected what the format asks for, as it follows the word "expected".
     * @throws TraceFormatException if the reading ends here.
     */
    abstract void handle(String source, LineReader line, String expected) throws TraceFormatException;

    /** The text without its indentation, quoted; at most 80 characters between the quotes. */
    private static String quote(LineReader line) {
        final byte[] bytes = line.bytes();
        int at = line.start();
        while (at < line.end() && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        final StringBuilder text = new StringBuilder(2 * QUOTED_CHARS).append('"');
        int lengthIfCut = text.length();
        while (at < line.end() && text.length() <= QUOTED_CHARS + 1) {
            if (text.length() <= QUOTED_CHARS + 1 - CUT.length()) {
                lengthIfCut = text.length();
            }
            escape(bytes[at++], text);
        }
        if (text.length() > QUOTED_CHARS + 1) {
            text.setLength(lengthIfCut);
            text.append(CUT);
        }
        return text.append('"').toString();
    }

    private static void escape(byte value, StringBuilder out) {
        if (value == '"' || value == '\\') {
            out.append('\\').append((char) value);
        } else if (value >= ' ' && value <= '~') {
            out.append((char) value);
        } else {
            out.append("\\x").append(HEX.charAt(value >> 4 & 0xF)).append(HEX.charAt(value & 0xF));
        }
    }
}
