/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Takes one line of {@code perf script} apart:
 *
 * <pre>
 *   comm tid [cpu] seconds.nanoseconds: exceptions:page_fault_user: address=0x... ip=0x... error_code=0x...
 *   comm pid/tid [cpu] ...
 * </pre>
 *
 * <p>The name of a thread may hold spaces, digits and brackets, but nothing behind {@code [cpu]} holds a bracket.
 * Therefore the last closing bracket is the one of {@code [cpu]}, and what stands before it is read from right to left.
 *
 * <p>The first fault of a recording decides between the two forms, the others have to follow. One parser serves one
 * recording; not thread safe.
 */
final class PerfLineParser {
    /** {@link #processId()} of a recording without process ids. */
    static final int NO_PROCESS_ID = -1;

    static final String CPU_EXPECTED = "a processor in brackets, as [003], behind the thread id";
    static final String THREAD_EXPECTED = "a thread id, as tid or pid/tid, before the processor";
    static final String TID_EXPECTED = "a tid without a pid, as in the first fault";
    static final String PID_EXPECTED = "pid/tid, as in the first fault";
    static final String TIME_EXPECTED = "a time as seconds with 9 decimals (perf script --ns) behind the processor";
    static final String EVENT_EXPECTED = "the event exceptions:page_fault_user behind the time";
    static final String ADDRESS_EXPECTED = "address=0x and 1 to 16 hexadecimal digits behind the event";
    static final String IP_EXPECTED = "ip=0x and 1 to 16 hexadecimal digits behind the address";
    static final String ERROR_CODE_EXPECTED = "error_code=0x and 1 to 16 hexadecimal digits behind the ip";
    static final String END_EXPECTED = "the end of the line behind the error code";

    private static final byte[] EVENT = "exceptions:page_fault_user:".getBytes(US_ASCII);
    private static final byte[] ADDRESS = "address=0x".getBytes(US_ASCII);
    private static final byte[] IP = "ip=0x".getBytes(US_ASCII);
    private static final byte[] ERROR_CODE = "error_code=0x".getBytes(US_ASCII);

    private static final int MAX_HEX_DIGITS = 16;
    private static final int MAX_ID_DIGITS = 10;
    private static final int FRACTION_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** So that the nanoseconds fit into a long. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

    private byte[] bytes;
    private int at;
    private int end;
    /** What {@link #hex}, {@link #seconds} and {@link #id} have read. */
    private long value;

    private boolean formKnown;
    private boolean withProcessIds;

    private int processId;
    private int threadId;
    private long timeNanos;
    private long address;
    private long errorCode;
    private int nameStart;
    private int nameEnd;

    /**
     * Reads the line in {@code bytes[from, to)}. If it is a fault, the accessors below answer for it.
     *
     * @return null if the line is a fault, else what was expected, worded to follow "expected".
     */
    String parse(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        end = to;
        while (end > from && isSpace(bytes[end - 1])) {
            end--;
        }
        String expected = parseThread(from);
        if (expected == null) {
            expected = parseEvent();
        }
        if (expected == null) {
            formKnown = true;
            withProcessIds = processId != NO_PROCESS_ID;
        }
        return expected;
    }

    /** {@code comm tid [cpu]}; leaves {@link #at} behind the bracket. */
    private String parseThread(int from) {
        final int bracket = lastIndexOf((byte) ']', from, end);
        final int cpuStart = bracket < 0 ? -1 : digitsBefore(from, bracket);
        if (bracket < 0 || cpuStart == bracket || cpuStart == from || bytes[cpuStart - 1] != '[') {
            return CPU_EXPECTED;
        }
        int idEnd = cpuStart - 1;
        while (idEnd > from && isSpace(bytes[idEnd - 1])) {
            idEnd--;
        }
        if (idEnd == cpuStart - 1) {
            return THREAD_EXPECTED;
        }
        int idStart = digitsBefore(from, idEnd);
        if (!id(idStart, idEnd)) {
            return THREAD_EXPECTED;
        }
        threadId = (int) value;
        processId = NO_PROCESS_ID;
        if (idStart > from && bytes[idStart - 1] == '/') {
            final int slash = idStart - 1;
            idStart = digitsBefore(from, slash);
            if (!id(idStart, slash)) {
                return THREAD_EXPECTED;
            }
            processId = (int) value;
        }
        if (idStart > from && !isSpace(bytes[idStart - 1])) {
            return THREAD_EXPECTED;
        }
        if (formKnown && withProcessIds != (processId != NO_PROCESS_ID)) {
            return withProcessIds ? PID_EXPECTED : TID_EXPECTED;
        }
        trimName(from, idStart);
        at = bracket + 1;
        return null;
    }

    /** The rest of the line, from the time on. */
    private String parseEvent() {
        if (!spaces() || !time()) {
            return TIME_EXPECTED;
        }
        if (!spaces() || !literal(EVENT)) {
            return EVENT_EXPECTED;
        }
        if (!spaces() || !literal(ADDRESS) || !hex()) {
            return ADDRESS_EXPECTED;
        }
        address = value;
        if (!spaces() || !literal(IP) || !hex()) {
            return IP_EXPECTED;
        }
        if (!spaces() || !literal(ERROR_CODE) || !hex()) {
            return ERROR_CODE_EXPECTED;
        }
        errorCode = value;
        return at == end ? null : END_EXPECTED;
    }

    private void trimName(int from, int to) {
        nameStart = from;
        nameEnd = to;
        while (nameStart < nameEnd && isSpace(bytes[nameStart])) {
            nameStart++;
        }
        while (nameEnd > nameStart && isSpace(bytes[nameEnd - 1])) {
            nameEnd--;
        }
    }

    /** A decimal number that fits into an int. */
    private boolean id(int from, int to) {
        if (to == from || to - from > MAX_ID_DIGITS) {
            return false;
        }
        value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value <= Integer.MAX_VALUE;
    }

    /** {@code seconds.nanoseconds:} */
    private boolean time() {
        final int secondsStart = at;
        long seconds = 0;
        while (at < end && isDigit(bytes[at]) && seconds <= MAX_SECONDS) {
            seconds = seconds * 10 + bytes[at++] - '0';
        }
        if (at == secondsStart || seconds > MAX_SECONDS || at == end || bytes[at] != '.') {
            return false;
        }
        final int fractionStart = ++at;
        long nanos = 0;
        while (at < end && isDigit(bytes[at]) && at - fractionStart < FRACTION_DIGITS) {
            nanos = nanos * 10 + bytes[at++] - '0';
        }
        if (at - fractionStart != FRACTION_DIGITS || at == end || bytes[at] != ':') {
            return false;
        }
        at++;
        timeNanos = seconds * NANOS_PER_SECOND + nanos;
        return true;
    }

    private boolean hex() {
        final int start = at;
        value = 0;
        while (at < end && nibble(bytes[at]) >= 0) {
            value = value << 4 | nibble(bytes[at++]);
        }
        return at > start && at - start <= MAX_HEX_DIGITS;
    }

    private boolean literal(byte[] literal) {
        final int next = at + literal.length;
        if (next > end || !Arrays.equals(bytes, at, next, literal, 0, literal.length)) {
            return false;
        }
        at = next;
        return true;
    }

    private boolean spaces() {
        final int start = at;
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at > start;
    }

    /** Start of the digits that end before {@code to}; {@code to} itself when there are none. */
    private int digitsBefore(int from, int to) {
        int start = to;
        while (start > from && isDigit(bytes[start - 1])) {
            start--;
        }
        return start;
    }

    private int lastIndexOf(byte wanted, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Value of a hexadecimal digit, or -1. */
    private static int nibble(byte digit) {
        if (isDigit(digit)) {
            return digit - '0';
        }
        final int lowerCase = digit | 0x20;
        return lowerCase >= 'a' && lowerCase <= 'f' ? lowerCase - 'a' + 10 : -1;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t';
    }

    /** Process id, 0..2^31-1, or {@link #NO_PROCESS_ID}. */
    int processId() {
        return processId;
    }

    /** Thread id, 0..2^31-1. */
    int threadId() {
        return threadId;
    }

    /** Time by the clock of the recording. */
    long timeNanos() {
        return timeNanos;
    }

    /** Faulting address, unsigned, as recorded. */
    long address() {
        return address;
    }

    /** Error code of the x86 page fault exception. */
    long errorCode() {
        return errorCode;
    }

    /** Index of the first byte of the thread's name. */
    int nameStart() {
        return nameStart;
    }

    /** Index behind the last byte of the thread's name; {@link #nameStart()} when it has none. */
    int nameEnd() {
        return nameEnd;
    }
}
