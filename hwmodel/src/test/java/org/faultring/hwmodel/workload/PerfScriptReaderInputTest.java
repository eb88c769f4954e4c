/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.faultring.hwmodel.workload.Recording.gzip;
import static org.faultring.hwmodel.workload.Recording.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfScriptReaderInputTest {
    private static final String TEXT = new Recording()
            .faults("sh", "10", 0x7f00_1230_0000L, Recording.WRITE_ABSENT, 12)
            .faults("C2 CompilerThre", "11", 0x7f80_1230_0000L, Recording.READ_ABSENT, 12)
            .fault("GC Thread#0", "10", 0x7f00_1230_0000L, Recording.FETCH_ABSENT)
            .toString();

    private static FaultTrace strict(byte[] bytes) throws IOException {
        return PerfScriptReader.strict().read("test", new ByteArrayInputStream(bytes));
    }

    private static FaultTrace strict(String text) throws IOException {
        return strict(text.getBytes(ISO_8859_1));
    }

    private static String expected() throws IOException {
        return Recording.describe(strict(TEXT));
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        final byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void shouldReadPlainAndCompressedAlike() throws IOException {
        assertEquals(expected(), Recording.describe(strict(gzip(TEXT))));
    }

    @Test
    void shouldDecideByContentNotByName(@TempDir Path directory) throws IOException {
        final Path plain = Files.write(directory.resolve("plain.gz"), TEXT.getBytes(ISO_8859_1));
        final Path compressed = Files.write(directory.resolve("compressed.txt"), gzip(TEXT));
        assertEquals(expected(), Recording.describe(PerfScriptReader.strict().read(plain)));
        assertEquals(expected(), Recording.describe(PerfScriptReader.strict().read(compressed)));
        assertEquals("plain.gz", PerfScriptReader.strict().read(plain).name());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4096})
    void shouldReadStreamsThatDeliverLittleAtATime(int atMost) throws IOException {
        final Recording many = new Recording();
        many.faults("program", "5", 0x7f00_0000_0000L, Recording.WRITE_ABSENT, 2000);
        final String expected = Recording.describe(many.read());
        for (final byte[] bytes : new byte[][] {many.toString().getBytes(ISO_8859_1), gzip(many.toString())}) {
            final InputStream slow = new Trickle(bytes, atMost);
            assertEquals(expected, Recording.describe(PerfScriptReader.strict().read("test", slow)));
        }
    }

    @Test
    void shouldReadAllMembersOfConcatenatedGzipData() throws IOException {
        final int half = TEXT.indexOf('\n', TEXT.length() / 2) - 20;
        final byte[] both = concatenate(gzip(TEXT.substring(0, half)), gzip(TEXT.substring(half)));
        assertEquals(expected(), Recording.describe(strict(both)));
        for (int atMost = 1; atMost < 20; atMost++) {
            final InputStream slow = new Trickle(both, atMost);
            assertEquals(expected(), Recording.describe(PerfScriptReader.strict().read("test", slow)));
        }
    }

    @Test
    void shouldSayThatGzipDataEndsEarlyWhereverItIsCut() {
        final byte[] whole = gzip(TEXT);
        for (int length = 2; length < whole.length; length++) {
            final byte[] cut = Arrays.copyOf(whole, length);
            for (final PerfScriptReader reader : new PerfScriptReader[] {
                PerfScriptReader.strict(), PerfScriptReader.lenient()}) {
                final TraceFormatException e = assertThrows(
                        TraceFormatException.class, () -> reader.read("test", new ByteArrayInputStream(cut)));
                assertEquals("the gzip data of test ends early", e.getMessage(), "cut at " + length);
                assertEquals(0, e.lineNumber());
                assertNotNull(e.getCause());
            }
        }
    }

    @Test
    void shouldTakeTheFirstByteOfGzipDataAloneForABrokenLine() {
        final TraceFormatException e = assertThrows(TraceFormatException.class, () -> strict(new byte[] {0x1f}));
        assertTrue(e.getMessage().startsWith("test, line 1: expected"), e.getMessage());
        assertTrue(e.getMessage().endsWith("found \"\\x1f\""), e.getMessage());
    }

    @Test
    void shouldSayThatGzipDataIsDamaged() {
        final byte[] whole = gzip(TEXT);
        final byte[] wrongChecksum = whole.clone();
        wrongChecksum[whole.length - 8] ^= 1;
        final TraceFormatException checksum =
                assertThrows(TraceFormatException.class, () -> strict(wrongChecksum));
        assertTrue(checksum.getMessage().startsWith("the gzip data of test is damaged ("), checksum.getMessage());
        final byte[] wrongMethod = whole.clone();
        wrongMethod[2] = 99;
        final TraceFormatException method = assertThrows(TraceFormatException.class, () -> strict(wrongMethod));
        assertTrue(method.getMessage().startsWith("the gzip data of test is damaged ("), method.getMessage());
    }

    @Test
    void shouldNeverReadOtherFaultsFromDamagedGzipData() throws IOException {
        final byte[] whole = gzip(TEXT);
        final String expected = expected();
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                final byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                try {
                    // Some bits of the header mean nothing here, as the time of compression.
                    assertEquals(expected, Recording.describe(strict(damaged)));
                } catch (TraceFormatException e) {
                    assertTrue(e.getMessage().contains("test"), e.getMessage());
                }
            }
        }
    }

    @Test
    void shouldBoundTheLengthOfALine() throws IOException {
        final String line = TEXT.substring(0, TEXT.indexOf('\n'));
        final String longest = " ".repeat(4096 - line.length()) + line;
        assertEquals(1, strict(longest).size());
        assertEquals(1, strict(longest + "\r\n").size());
        final TraceFormatException e = assertThrows(TraceFormatException.class, () -> strict("\n " + longest));
        assertTrue(e.getMessage().startsWith("test, line 2: expected a line of at most 4096 bytes, found \"sh 10 ["));
        assertThrows(TraceFormatException.class, () -> strict("#" + " ".repeat(4096) + "\n" + line));
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, 65535, 65536, 65537, 69632, 69633, 69634, 1 << 20, 3_000_001})
    void shouldPassOverAHugeLine(int length) throws IOException {
        final String huge = "x".repeat(length);
        final String line = TEXT.substring(0, TEXT.indexOf('\n'));
        final String text = line + "\n" + huge + "\n" + line + "\n" + huge;
        final FaultTrace trace = PerfScriptReader.lenient().read("test", stream(text));
        assertEquals(2, trace.size());
        assertEquals(2, trace.skippedLines());
        final TraceFormatException e = assertThrows(TraceFormatException.class, () -> strict(text));
        assertEquals(2, e.lineNumber());
        assertTrue(e.getMessage().endsWith("found \"" + "x".repeat(77) + "...\""), e.getMessage());
    }

    @Test
    void shouldGetAlongWithRandomBytes() {
        for (int seed = 0; seed < 1000; seed++) {
            final Random random = new Random(seed);
            final byte[] bytes = new byte[random.nextInt(9000)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > 10) {
                System.arraycopy(gzip(TEXT), 0, bytes, 0, 10);
            }
            readBothWays(bytes, seed);
        }
    }

    @Test
    void shouldGetAlongWithRandomlyChangedText() {
        for (int seed = 0; seed < 1000; seed++) {
            final Random random = new Random(seed);
            byte[] bytes = TEXT.getBytes(ISO_8859_1);
            for (int change = random.nextInt(20); change >= 0; change--) {
                final int length = bytes.length;
                final int at = random.nextInt(length);
                final int to = Math.min(length, at + random.nextInt(30));
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] = bytes[random.nextInt(length)];
                    case 2 -> bytes = concatenate(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, length));
                    default -> bytes = concatenate(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, length));
                }
                if (bytes.length < 100) {
                    break;
                }
            }
            readBothWays(bytes, seed);
        }
    }

    private static void readBothWays(byte[] bytes, int seed) {
        for (final PerfScriptReader reader : new PerfScriptReader[] {
            PerfScriptReader.strict(), PerfScriptReader.lenient()}) {
            try {
                final FaultTrace trace = reader.read("test", new ByteArrayInputStream(bytes));
                assertTrue(trace.size() > 0 && trace.processCount() > 0, () -> "seed " + seed);
            } catch (TraceFormatException e) {
                assertTrue(e.getMessage().contains("test"), () -> "seed " + seed + ": " + e.getMessage());
                assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c <= '~'), () -> "seed " + seed);
            } catch (IOException | RuntimeException e) {
                fail("seed " + seed, e);
            }
        }
    }

    @Test
    void shouldLeaveTheStreamOpen() throws IOException {
        for (final byte[] bytes : new byte[][] {TEXT.getBytes(ISO_8859_1), gzip(TEXT)}) {
            final InputStream in = new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public void close() {
                    fail("closed");
                }
            };
            assertEquals(25, PerfScriptReader.strict().read("test", in).size());
        }
    }

    @Test
    void shouldPassErrorsOfTheStreamOn() {
        final IOException broken = new IOException("cable pulled");
        final InputStream in = new InputStream() {
            private int count;

            @Override
            public int read() throws IOException {
                if (count == TEXT.length()) {
                    throw broken;
                }
                return TEXT.charAt(count++);
            }
        };
        assertSame(broken, assertThrows(IOException.class, () -> {
            while (true) {
                // InputStream holds an error back when it has some bytes to deliver first.
                PerfScriptReader.strict().read("test", in);
            }
        }));
    }

    @Test
    void shouldNameAMissingFile(@TempDir Path directory) {
        final Path missing = directory.resolve("missing.txt");
        final IOException e = assertThrows(IOException.class, () -> PerfScriptReader.strict().read(missing));
        assertEquals("cannot read " + missing + ": there is no such file", e.getMessage());
    }

    @Test
    void shouldNameADirectory(@TempDir Path directory) {
        final IOException e = assertThrows(IOException.class, () -> PerfScriptReader.strict().read(directory));
        assertEquals("cannot read " + directory + ": it is a directory", e.getMessage());
        final Path root = directory.getRoot();
        final IOException noName = assertThrows(IOException.class, () -> PerfScriptReader.strict().read(root));
        assertEquals("cannot read " + root + ": it is a directory", noName.getMessage());
    }

    @Test
    void shouldNameAFileThatMayNotBeRead(@TempDir Path directory) throws IOException {
        final Path secret = Files.writeString(directory.resolve("secret.txt"), TEXT);
        assumeFalse(!secret.toFile().setReadable(false) || Files.isReadable(secret), "the user may read everything");
        final IOException e = assertThrows(IOException.class, () -> PerfScriptReader.strict().read(secret));
        assertEquals("cannot read " + secret + ": permission denied", e.getMessage());
    }

    @Test
    void shouldNameAFileUsedAsADirectory(@TempDir Path directory) throws IOException {
        final Path below = Files.writeString(directory.resolve("file.txt"), TEXT).resolve("below");
        final IOException e = assertThrows(IOException.class, () -> PerfScriptReader.strict().read(below));
        assertTrue(e.getMessage().startsWith("cannot read " + below + ": "), e.getMessage());
        assertNotNull(e.getCause());
    }

    @Test
    void shouldNameTheWholePathInAMessageAboutContent(@TempDir Path directory) throws IOException {
        final Path file = Files.writeString(directory.resolve("broken.txt"), "nonsense");
        final IOException e = assertThrows(IOException.class, () -> PerfScriptReader.strict().read(file));
        assertInstanceOf(TraceFormatException.class, e);
        assertTrue(e.getMessage().startsWith(file + ", line 1: expected "), e.getMessage());
    }

    @Test
    void shouldReadALargeCompressedTrace() throws IOException {
        final Recording recording = new Recording();
        final int faults = 20_000;
        recording.faults("program", "5", 0x7f00_0000_0000L, Recording.WRITE_ABSENT, faults);
        final FaultTrace trace = strict(gzip(recording.toString()));
        assertEquals(faults, trace.size());
        assertEquals(faults, trace.distinctPages());
        assertEquals(0x7f00_0000_0000L + (faults - 1) * 4096L, trace.pageAddress(faults - 1));
        assertEquals((faults - 1) * 1000L, trace.durationNanos());
    }

    /** Delivers a few bytes at a time and never says that more are available. */
    private static final class Trickle extends ByteArrayInputStream {
        private final int atMost;

        Trickle(byte[] bytes, int atMost) {
            super(bytes);
            this.atMost = atMost;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, atMost));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }
}
