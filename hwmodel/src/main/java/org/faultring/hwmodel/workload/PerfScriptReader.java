/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads page faults from the text that {@code perf script} prints, plain or compressed with gzip.
 *
 * <p>A line is
 * <pre>
 *   comm tid [cpu] seconds.nanoseconds: exceptions:page_fault_user: address=0x... ip=0x... error_code=0x...
 * </pre>
 * or has {@code pid/tid} where {@code tid} stands, in all lines alike. Blank lines and lines that begin with {@code #}
 * are comments. Lines may end with LF or CR LF and have at most 4096 bytes. The package description says how to record.
 *
 * <p>Needs 21 bytes per fault in the end and about twice that while reading, beside the thread table; the text is never
 * held as a whole.
 *
 * <p>Immutable; may be used by any number of threads. The calling thread does the work.
 */
public final class PerfScriptReader {
    /** Most faults a trace can hold. */
    public static final int MAX_FAULTS = 1 << 28;

    private static final String BUNDLED_NAME = "sqlite-page-faults";
    private static final String BUNDLED_RESOURCE = "sqlite-page-faults.perf.txt.gz";

    private static final PerfScriptReader STRICT = new PerfScriptReader(BrokenLines.REPORT, MAX_FAULTS);
    private static final PerfScriptReader LENIENT = new PerfScriptReader(BrokenLines.SKIP, MAX_FAULTS);

    private final BrokenLines brokenLines;
    private final int maxFaults;

    PerfScriptReader(BrokenLines brokenLines, int maxFaults) {
        this.brokenLines = brokenLines;
        this.maxFaults = maxFaults;
    }

    /**
     * A reader that rejects a recording at the first line that is neither a fault nor a comment.
     *
     * @return always the same object.
     */
    public static PerfScriptReader strict() {
        return STRICT;
    }

    /**
     * A reader that leaves such lines out and counts them, see {@link FaultTrace#skippedLines()}.
     *
     * @return always the same object.
     */
    public static PerfScriptReader lenient() {
        return LENIENT;
    }

    /**
     * Reads a file. Its name decides nothing; a pipe will do.
     *
     * @param file to read; the trace is named after its last element.
     * @return trace of at least one fault.
     * @throws TraceFormatException if the content is no such recording, has no faults or more than
     *                              {@link #MAX_FAULTS}, or its gzip data is damaged or ends early.
     * @throws IOException          if the file cannot be read; the message is one sentence that names it.
     */
    public FaultTrace read(Path file) throws IOException {
        final Path fileName = Objects.requireNonNull(file, "file").getFileName();
        if (Files.isDirectory(file)) {
            throw new IOException("cannot read " + file + ": it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), fileName == null ? file.toString() : fileName.toString(), in);
        } catch (TraceFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + reason(e), e);
        }
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name of the trace, also used in messages.
     * @param in   text, or gzip data that holds it.
     * @return trace of at least one fault.
     * @throws TraceFormatException as for {@link #read(Path)}.
     * @throws IOException          whatever {@code in} throws.
     */
    public FaultTrace read(String name, InputStream in) throws IOException {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(in, "in");
        return read(name, name, in);
    }

    /**
     * Reads the recording that comes with this package: sqlite3 filling a table of 400,000 rows with two indexes and
     * running one query, started by a shell; 17,874 faults of 4 processes.
     *
     * @return trace named "sqlite-page-faults".
     * @throws IOException if the class path lacks the resource or holds a damaged one.
     */
    public FaultTrace readBundled() throws IOException {
        try (InputStream in = PerfScriptReader.class.getResourceAsStream(BUNDLED_RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException("the class path has no resource " + BUNDLED_RESOURCE);
            }
            return read(BUNDLED_NAME, BUNDLED_NAME, in);
        }
    }

    /** {@code source} is what messages call the input. */
    private FaultTrace read(String source, String traceName, InputStream in) throws IOException {
        final FaultTraceBuilder builder = new FaultTraceBuilder();
        long skippedLines = 0;
        try (InputStream text = TraceInput.open(source, in)) {
            final LineReader line = new LineReader(text);
            final PerfLineParser parser = new PerfLineParser();
            while (line.next()) {
                if (isComment(line)) {
                    continue;
                }
                final String expected = parse(line, parser);
                if (expected != null) {
                    brokenLines.handle(source, line, expected);
                    skippedLines++;
                } else if (builder.size() < maxFaults) {
                    append(line, parser, builder);
                } else {
                    throw new TraceFormatException(
                            source + " has more than " + maxFaults + " page faults", line.number(), null);
                }
            }
        }
        if (builder.size() == 0) {
            throw new TraceFormatException(
                    source + " has no page faults (lines that are something else: " + skippedLines + ")", 0, null);
        }
        return builder.build(traceName, skippedLines);
    }

    /** Perf indents the name of the thread, so a thread whose name begins with # does not make a comment. */
    private static boolean isComment(LineReader line) {
        return !line.isTooLong() && (line.isBlank() || line.bytes()[line.start()] == '#');
    }

    private static String parse(LineReader line, PerfLineParser parser) {
        return line.isTooLong()
                ? "a line of at most " + LineReader.MAX_LINE_BYTES + " bytes"
                : parser.parse(line.bytes(), line.start(), line.end());
    }

    private static void append(LineReader line, PerfLineParser fault, FaultTraceBuilder builder) {
        final TracedThread thread = builder.thread(fault.processId(), fault.threadId());
        if (fault.processId() == PerfLineParser.NO_PROCESS_ID) {
            final boolean renamed = thread.named(line.bytes(), fault.nameStart(), fault.nameEnd());
            builder.touched(thread, fault.address(), fault.errorCode(), renamed);
        }
        builder.add(thread, fault.timeNanos(), fault.address(), fault.errorCode());
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        final String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
