/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.io.IOException;
import java.io.InputStream;

/**
 * Walks over the lines of a stream without making an object of each. A line ends at LF or CR LF, the last one also at
 * the end of the stream.
 *
 * <p>Memory is one fixed buffer: of a line longer than {@link #MAX_LINE_BYTES} only the beginning is kept, the rest is
 * passed over. Not thread safe.
 */
final class LineReader {
    /** Longest line that is handed out whole, without its line end; a recorded fault has about 130. */
    static final int MAX_LINE_BYTES = 4096;

    /** What is kept of a longer line: one more byte than allowed is how {@link #isTooLong()} knows. */
    private static final int KEPT_BYTES = MAX_LINE_BYTES + 1;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private int start;
    private int end;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        int searched = position;
        while (true) {
            final int lineFeed = indexOfLineFeed(searched);
            if (lineFeed >= 0) {
                take(lineFeed, lineFeed + 1);
                return true;
            }
            compact();
            searched = limit;
            if (limit > MAX_LINE_BYTES) {
                passOverRest();
                return true;
            }
            if (!fill(limit)) {
                if (limit == 0) {
                    return false;
                }
                take(limit, limit);
                return true;
            }
        }
    }

    private void take(int lineEnd, int nextPosition) {
        start = position;
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        position = nextPosition;
        number++;
    }

    /** The buffer begins with a line that is too long: keeps its beginning there, drops what comes before the LF. */
    private void passOverRest() throws IOException {
        start = 0;
        end = KEPT_BYTES;
        number++;
        while (fill(KEPT_BYTES)) {
            final int lineFeed = indexOfLineFeed(KEPT_BYTES);
            if (lineFeed >= 0) {
                position = lineFeed + 1;
                return;
            }
        }
        position = limit;
    }

    private void compact() {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
    }

    /** Reads behind {@code from}; at the end of the stream returns false and leaves {@code limit} at {@code from}. */
    private boolean fill(int from) throws IOException {
        final int count = in.read(buffer, from, buffer.length - from);
        limit = from + Math.max(count, 0);
        return count >= 0;
    }

    private int indexOfLineFeed(int from) {
        final byte[] buffer = this.buffer;
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Holds the current line; valid until the next call of {@link #next()}. */
    byte[] bytes() {
        return buffer;
    }

    /** Index of the first byte of the line. */
    int start() {
        return start;
    }

    /** Index behind the last byte of the line. */
    int end() {
        return end;
    }

    /** True when {@link #bytes()} holds only the beginning of the line. */
    boolean isTooLong() {
        return end - start > MAX_LINE_BYTES;
    }

    /** Nothing in the line but spaces and tabs. */
    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Number of the current line, counted from 1. */
    long number() {
        return number;
    }
}
