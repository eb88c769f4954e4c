/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static org.faultring.hwmodel.workload.Recording.stream;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerfScriptReaderTest {
    private static final String GOOD =
            "            java 26956 [001]  1808.318040844: exceptions:page_fault_user: "
                    + "address=0x7fa09af7ab70 ip=0x7fa09af7ab71 error_code=0x6";

    private static FaultTrace strict(String text) throws IOException {
        return PerfScriptReader.strict().read("test", stream(text));
    }

    private static FaultTrace lenient(String text) throws IOException {
        return PerfScriptReader.lenient().read("test", stream(text));
    }

    private static TraceFormatException rejected(String text) {
        return assertThrows(TraceFormatException.class, () -> strict(text));
    }

    @Test
    void shouldReadEveryFieldOfALine() throws IOException {
        final FaultTrace trace = strict(GOOD);
        assertEquals("test", trace.name());
        assertEquals(1, trace.size());
        assertEquals(0x7fa09af7a000L, trace.pageAddress(0));
        assertEquals(FaultTrace.WRITE, trace.access(0));
        assertEquals(26956, trace.threadId(0));
        assertEquals(0, trace.processIndex(0));
        assertEquals(0, trace.timeNanos(0));
        assertEquals(0, trace.skippedLines());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "C2 CompilerThre", "GC Thread#0", "[kworker/0:1]", "[001]", "a [003]", "7 8 [9] 10", "12/13", "#comment", "",
        "]", "[", ": exceptions", "caf\u00e9\u0001\u007f", "x=0x1"
    })
    void shouldAcceptAnyThreadName(String name) throws IOException {
        final String first = Recording.line(name, "77", 5_000_000_001L, 0x1234, 4);
        final String second = Recording.line(name, "78", 5_000_000_009L, 0x5678, 6);
        final FaultTrace trace = strict(first + "\n" + second + "\n");
        assertEquals(2, trace.size());
        assertEquals(77, trace.threadId(0));
        assertEquals(78, trace.threadId(1));
        assertEquals(8, trace.timeNanos(1));
        assertEquals(0x5000, trace.pageAddress(1));
    }

    @Test
    void shouldReadTheFormWithProcessIds() throws IOException {
        final FaultTrace trace = strict(Recording.line("C1 CompilerThre", " 4618/4620 ", 5_000_000_000L, 0x1234, 4));
        assertEquals(4620, trace.threadId(0));
    }

    @Test
    void shouldReadTabsAndLinesWithoutIndentation() throws IOException {
        final FaultTrace trace = strict(
                "a\t5\t[0]\t1.000000002:\texceptions:page_fault_user:\taddress=0x1000\tip=0xA\terror_code=0x4\t\n"
                        + "5 [12] 1.000000003: exceptions:page_fault_user: address=0xABCDEF ip=0xA error_code=0x4");
        assertEquals(2, trace.size());
        assertEquals(0xABC000, trace.pageAddress(1));
    }

    @Test
    void shouldReadEveryLineEndAlike() throws IOException {
        final Recording recording = new Recording();
        recording.write("1", 0x7f00_0000_1000L).write("2", 0x7f00_0000_2000L).write("1", 0x7f00_0000_3000L);
        final String expected = Recording.describe(recording.read());
        final String text = recording.toString();
        assertEquals(expected, Recording.describe(strict(text.replace("\n", "\r\n"))));
        assertEquals(expected, Recording.describe(strict(text.substring(0, text.length() - 1))));
        assertEquals(expected, Recording.describe(strict(text.replace("\n", "\r\n").stripTrailing())));
        assertEquals(expected, Recording.describe(strict(text.replace("\n", "  \t\n"))));
    }

    @Test
    void shouldPassOverCommentsAndBlankLinesInBothModes() throws IOException {
        final String text = "# ========\n# captured on : today\n#\n\n  \t \n\r\n" + GOOD + "\n\n";
        assertEquals(1, strict(text).size());
        assertEquals(1, lenient(text).size());
        assertEquals(0, lenient(text).skippedLines());
    }

    @ParameterizedTest
    @CsvSource({
        "0x0, 0", "0xfff, 0", "0x1000, 4096", "0xffffffffff600abc, -10485760",
        "0x8000000000000000, -9223372036854775808", "0xffffffffffffffff, -4096", "0x0000000000001fff, 4096"
    })
    void shouldReadAddressesUnsigned(String address, long page) throws IOException {
        assertEquals(page, strict(GOOD.replace("0x7fa09af7ab70", address)).pageAddress(0));
    }

    @ParameterizedTest
    @CsvSource({
        "0x0, 1, 0", "0x1, 1, 0", "0x4, 1, 0", "0x5, 1, 0", "0x6, 2, 0", "0x7, 2, 0", "0x2, 2, 0", "0x14, 1, 1",
        "0x15, 1, 1", "0x16, 2, 1", "0x8000000000000004, 1, 0", "0xffffffffffffffff, 2, 1"
    })
    void shouldTakeTheAccessFromTheErrorCode(String errorCode, int access, int fetches) throws IOException {
        final FaultTrace trace = strict(GOOD.replace("error_code=0x6", "error_code=" + errorCode));
        assertEquals(access, trace.access(0));
        assertEquals(fetches, trace.instructionFetches());
    }

    static Stream<Arguments> brokenLines() {
        return Stream.of(
                Arguments.of("[001]", "", PerfLineParser.CPU_EXPECTED),
                Arguments.of("[001]", "[]", PerfLineParser.CPU_EXPECTED),
                Arguments.of("[001]", "001]", PerfLineParser.CPU_EXPECTED),
                Arguments.of("[001]", "[001", PerfLineParser.CPU_EXPECTED),
                Arguments.of("[001]", "[0x1]", PerfLineParser.CPU_EXPECTED),
                Arguments.of("[001]", "[-01]", PerfLineParser.CPU_EXPECTED),
                Arguments.of(GOOD, "]", PerfLineParser.CPU_EXPECTED),
                Arguments.of(GOOD, "1]", PerfLineParser.CPU_EXPECTED),
                Arguments.of("26956", "", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "-1", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "2147483648", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "99999999999999999999", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "18446744073709551617", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "/26956", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "26956/", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "1/2/3", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "2147483648/3", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956", "x26956", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("26956 [", "26956[", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("            java 26956 [", "[", PerfLineParser.THREAD_EXPECTED),
                Arguments.of("1808.318040844", "1808.318040", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844", "1808.3180408440", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844", ".318040844", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844", "1808", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844", "-1.318040844", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844", "9223372036.318040844", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844", "99999999999999999999.318040844", PerfLineParser.TIME_EXPECTED),
                Arguments.of("1808.318040844:", "1808.318040844", PerfLineParser.TIME_EXPECTED),
                Arguments.of("]  1808", "]1808", PerfLineParser.TIME_EXPECTED),
                Arguments.of("page_fault_user", "page_fault_kernel", PerfLineParser.EVENT_EXPECTED),
                Arguments.of("page_fault_user:", "page_fault_user", PerfLineParser.EVENT_EXPECTED),
                Arguments.of(": exceptions", ":exceptions", PerfLineParser.EVENT_EXPECTED),
                Arguments.of("address=", "addr=", PerfLineParser.ADDRESS_EXPECTED),
                Arguments.of(": address", ":address", PerfLineParser.ADDRESS_EXPECTED),
                Arguments.of("0x7fa09af7ab70", "swapper_pg_dir", PerfLineParser.ADDRESS_EXPECTED),
                Arguments.of("0x7fa09af7ab70", "0x", PerfLineParser.ADDRESS_EXPECTED),
                Arguments.of("0x7fa09af7ab70", "0x10000000000000000", PerfLineParser.ADDRESS_EXPECTED),
                Arguments.of("0x7fa09af7ab70", "0x00000000000000001", PerfLineParser.ADDRESS_EXPECTED),
                Arguments.of("0x7fa09af7ab70", "0x7fg", PerfLineParser.IP_EXPECTED),
                Arguments.of(" ip=0x7fa09af7ab71", "", PerfLineParser.IP_EXPECTED),
                Arguments.of("ip=0x7fa09af7ab71", "ip=", PerfLineParser.IP_EXPECTED),
                Arguments.of("0x7fa09af7ab71", "0x10000000000000000", PerfLineParser.IP_EXPECTED),
                Arguments.of(" error_code=0x6", "", PerfLineParser.ERROR_CODE_EXPECTED),
                Arguments.of("error_code=0x6", "error_code=6", PerfLineParser.ERROR_CODE_EXPECTED),
                Arguments.of("error_code=0x6", "error_code=0x", PerfLineParser.ERROR_CODE_EXPECTED),
                Arguments.of("error_code=0x6", "error_code=0x10000000000000000", PerfLineParser.ERROR_CODE_EXPECTED),
                Arguments.of("error_code=0x6", "error_code=0x6 more", PerfLineParser.END_EXPECTED),
                Arguments.of("error_code=0x6", "error_code=0x6g", PerfLineParser.END_EXPECTED));
    }

    @ParameterizedTest
    @MethodSource("brokenLines")
    void shouldSayWhatWasExpectedOfABrokenLine(String part, String replacement, String expected) throws IOException {
        assertTrue(GOOD.contains(part));
        final String broken = GOOD.replace(part, replacement);
        final TraceFormatException e = rejected("# header\n" + GOOD + "\n" + broken + "\n" + GOOD + "\n");
        final String start = "test, line 3: expected " + expected + ", found \"";
        assertEquals(start, e.getMessage().substring(0, Math.min(start.length(), e.getMessage().length())));
        assertEquals(3, e.lineNumber());
        final FaultTrace rest = lenient("# header\n" + GOOD + "\n" + broken + "\n" + GOOD + "\n");
        assertEquals(2, rest.size());
        assertEquals(1, rest.skippedLines());
    }

    @Test
    void shouldWordTheMessagesForPeople() {
        final String found = ", found \"hello\"";
        assertEquals(
                "test, line 1: expected a processor in brackets, as [003], behind the thread id" + found,
                rejected("hello\n").getMessage());
        assertEquals(
                "test, line 1: expected a thread id, as tid or pid/tid, before the processor, found \"sh [003]\"",
                rejected("  sh [003]\n").getMessage());
        assertEquals(
                "test, line 1: expected a time as seconds with 9 decimals (perf script --ns) behind the processor, "
                        + "found \"sh 1 [003]\"",
                rejected("  sh 1 [003]\n").getMessage());
        assertEquals(
                "test, line 1: expected the event exceptions:page_fault_user behind the time, "
                        + "found \"sh 1 [003] 1.000000000: cycles:\"",
                rejected("  sh 1 [003] 1.000000000: cycles:\n").getMessage());
    }

    @Test
    void shouldNotMixTheTwoForms() throws IOException {
        final String one = Recording.line("sh", "7", 5_000_000_000L, 0x1000, 4);
        final String two = Recording.line("sh", "7/7", 5_000_000_000L, 0x1000, 4);
        final String mixedOne = rejected(one + "\n" + two).getMessage();
        assertTrue(
                mixedOne.startsWith(
                        "test, line 2: expected a tid without a pid, as in the first fault, found \"sh 7/7 ["),
                mixedOne);
        final String mixedTwo = rejected(two + "\n" + one).getMessage();
        assertTrue(
                mixedTwo.startsWith("test, line 2: expected pid/tid, as in the first fault, found \"sh 7 ["), mixedTwo);
        assertEquals(2, lenient(two + "\n" + one + "\n" + one + "\n" + two).skippedLines());
        // A broken line does not decide about the form.
        assertEquals(1, lenient(two.replace("address", "x") + "\n" + one).size());
    }

    @Test
    void shouldQuoteAtMostEightyCharactersAndEscapeTheRest() {
        final String eighty = "0123456789".repeat(8);
        assertAll(
                () -> assertTrue(rejected(eighty).getMessage().endsWith("found \"" + eighty + "\"")),
                () -> assertTrue(
                        rejected(eighty + "x").getMessage().endsWith("found \"" + eighty.substring(0, 77) + "...\"")),
                () -> assertTrue(rejected("\t a\u0000\u001b[31m\u00ff\"\\~\u007f").getMessage()
                        .endsWith("found \"a\\x00\\x1b[31m\\xff\\\"\\\\~\\x7f\"")),
                // An escape is not cut in the middle.
                () -> assertTrue(rejected("0123456789".repeat(7) + "012345\u0001".repeat(9)).getMessage()
                        .endsWith("found \"" + "0123456789".repeat(7) + "012345...\"")),
                () -> assertTrue(rejected("0123456789".repeat(7) + "012345\u0001").getMessage()
                        .endsWith("found \"" + "0123456789".repeat(7) + "012345\\x01\"")),
                () -> assertTrue(rejected("\u0000".repeat(4096)).getMessage()
                        .endsWith("found \"" + "\\x00".repeat(19) + "...\"")));
    }

    @Test
    void shouldCountSkippedLines() throws IOException {
        final FaultTrace trace = lenient("x\n" + GOOD + "\n\n#\ny\nz\n" + GOOD + "\n\u0000");
        assertEquals(2, trace.size());
        assertEquals(4, trace.skippedLines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a header\n", "   \n\n"})
    void shouldRejectTextWithoutFaults(String text) {
        final TraceFormatException e = rejected(text);
        assertEquals("test has no page faults (lines that are something else: 0)", e.getMessage());
        assertEquals(0, e.lineNumber());
    }

    @Test
    void shouldRejectTextWithoutFaultsWhenLenientToo() {
        final TraceFormatException e = assertThrows(TraceFormatException.class, () -> lenient("a\nb\n#c\n"));
        assertEquals("test has no page faults (lines that are something else: 2)", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPORT", "SKIP"})
    void shouldRejectMoreFaultsThanATraceHolds(BrokenLines brokenLines) throws IOException {
        final PerfScriptReader reader = new PerfScriptReader(brokenLines, 2);
        assertEquals(2, reader.read("test", stream(GOOD + "\n" + GOOD)).size());
        final TraceFormatException e = assertThrows(
                TraceFormatException.class, () -> reader.read("test", stream(GOOD + "\n" + GOOD + "\n" + GOOD)));
        assertEquals("test has more than 2 page faults", e.getMessage());
        assertEquals(3, e.lineNumber());
    }

    @Test
    void shouldHandOutOneReaderPerMode() {
        assertSame(PerfScriptReader.strict(), PerfScriptReader.strict());
        assertSame(PerfScriptReader.lenient(), PerfScriptReader.lenient());
    }

    @Test
    void shouldRejectNull() {
        assertThrows(NullPointerException.class, () -> PerfScriptReader.strict().read(null));
        assertThrows(NullPointerException.class, () -> PerfScriptReader.strict().read("test", null));
        assertThrows(NullPointerException.class, () -> PerfScriptReader.strict().read(null, stream(GOOD)));
    }
}
