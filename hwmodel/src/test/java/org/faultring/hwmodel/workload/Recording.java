/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes recordings as perf prints them, for tests. Time goes on by 1 microsecond per fault unless set. */
final class Recording {
    static final int READ_ABSENT = 0x4;
    static final int WRITE_ABSENT = 0x6;
    static final int COPY_ON_WRITE = 0x7;
    static final int FETCH_ABSENT = 0x14;

    private final StringBuilder text = new StringBuilder();
    private long timeNanos = 1_807_000_000_000L;

    /** Sets the time of the next fault, after the start of the recording. */
    Recording at(long nanos) {
        timeNanos = 1_807_000_000_000L + nanos;
        return this;
    }

    /** Adds a fault; {@code ids} is tid or pid/tid. */
    Recording fault(String name, String ids, long address, int errorCode) {
        text.append(line(name, ids, timeNanos, address, errorCode)).append('\n');
        timeNanos += 1_000;
        return this;
    }

    /** Adds faults of one kind on pages that follow each other. */
    Recording faults(String name, String ids, long address, int errorCode, int count) {
        for (int i = 0; i < count; i++) {
            fault(name, ids, address + i * 4096L, errorCode);
        }
        return this;
    }

    Recording write(String ids, long address) {
        return fault("program", ids, address, WRITE_ABSENT);
    }

    Recording raw(String line) {
        text.append(line).append('\n');
        return this;
    }

    FaultTrace read() throws IOException {
        return PerfScriptReader.strict().read("test", stream(text.toString()));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    static String line(String name, String ids, long timeNanos, long address, int errorCode) {
        return String.format(
                Locale.ROOT,
                "%16s %s [%03d] %5d.%09d: exceptions:page_fault_user: address=0x%x ip=0x7f0000001000 error_code=0x%x",
                name, ids, 1, timeNanos / 1_000_000_000L, timeNanos % 1_000_000_000L, address, errorCode);
    }

    static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }

    static byte[] gzip(String text) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Everything about every fault, to compare traces by. */
    static String describe(FaultTrace trace) {
        final StringBuilder all = new StringBuilder();
        all.append(trace.processCount()).append(' ').append(trace.threadCount()).append(' ')
                .append(trace.distinctPages()).append(' ').append(trace.instructionFetches()).append(' ')
                .append(trace.backwardTimes()).append('\n');
        for (int i = 0; i < trace.size(); i++) {
            all.append(trace.timeNanos(i)).append(' ').append(Long.toHexString(trace.pageAddress(i))).append(' ')
                    .append(trace.access(i)).append(' ').append(trace.processIndex(i)).append(' ')
                    .append(trace.threadId(i)).append('\n');
        }
        return all.toString();
    }
}
