/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text of a recording, plain or compressed. The first two bytes decide which, never a name, so a pipe works as a
 * file does.
 */
final class TraceInput extends FilterInputStream {
    private static final byte GZIP_MAGIC_0 = 0x1f;
    private static final byte GZIP_MAGIC_1 = (byte) 0x8b;

    private final String source;

    private TraceInput(String source, GZIPInputStream gzip) {
        super(gzip);
        this.source = source;
    }

    /**
     * Closing the returned stream frees the decompressor and leaves {@code in} open.
     *
     * @param source name of the input, for messages.
     * @throws TraceFormatException if the data begins as gzip but its header is damaged.
     * @throws IOException          if {@code in} cannot be read.
     */
    static InputStream open(String source, InputStream in) throws IOException {
        final PushbackInputStream pushback = new PushbackInputStream(in, 2);
        final InputStream whole = new Uncloseable(pushback);
        final byte[] magic = pushback.readNBytes(2);
        pushback.unread(magic);
        if (magic.length < 2 || magic[0] != GZIP_MAGIC_0 || magic[1] != GZIP_MAGIC_1) {
            return whole;
        }
        try {
            return new TraceInput(source, new GZIPInputStream(whole, 1 << 13));
        } catch (EOFException | ZipException e) {
            throw damaged(source, e);
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (EOFException | ZipException e) {
            throw damaged(source, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (EOFException | ZipException e) {
            throw damaged(source, e);
        }
    }

    private static TraceFormatException damaged(String source, IOException cause) {
        final String what = cause instanceof EOFException ? "ends early" : "is damaged (" + cause.getMessage() + ")";
        return new TraceFormatException("the gzip data of " + source + " " + what, 0, cause);
    }

    private static final class Uncloseable extends FilterInputStream {
        Uncloseable(InputStream in) {
            super(in);
        }

        /**
         * Never 0. GZIPInputStream takes 0 behind a gzip member for the end of the stream, and many streams answer 0
         * though more data follows: the later members of a file made by concatenation would be lost without a word.
         */
        @Override
        public int available() {
            return 1;
        }

        @Override
        public void close() {
            // Belongs to the caller.
        }
    }
}
