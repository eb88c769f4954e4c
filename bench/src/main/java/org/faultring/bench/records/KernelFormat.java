/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way in which Linux prints a record. What stands before it on a line (time, processor, driver, device) may be
 * anything.
 *
 * @param name     of the format, in messages
 * @param vendor   of the record
 * @param families names of the records it may be of
 * @param lines    a pattern for each of its lines
 * @param record   makes a record of what the patterns found
 */
record KernelFormat(String name, Vendor vendor, List<String> families, List<Pattern> lines,
        Function<List<MatchResult>, RawRecord> record) {

    /** All that are known. */
    static final List<KernelFormat> ALL =
            Stream.of(VtdFormats.ALL, Smmuv3Formats.ALL, AmdFormats.ALL, RiscvFormats.ALL).flatMap(List::stream)
                    .toList();

    /** Lines that Linux prints around records, without anything that is not in them. */
    private static final Map<Vendor, List<Pattern>> EXPLANATIONS =
            Map.of(Vendor.VTD, VtdFormats.EXPLANATIONS, Vendor.SMMUV3, Smmuv3Formats.EXPLANATIONS);

    /** Whether a line can be skipped among records of a vendor. */
    static boolean explains(final Vendor vendor, final String line) {
        return EXPLANATIONS.getOrDefault(vendor, List.of()).stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    /** Hex digits, so many at most, as a group. */
    static String hex(final int digits) {
        return "(\\p{XDigit}{1," + digits + "})";
    }

    /** The value of a group of hex digits. */
    static long hex(final MatchResult found, final int group) {
        return Long.parseUnsignedLong(found.group(group), 16);
    }

    /** A requester ID of the groups bus, device and function. */
    static long requester(final MatchResult found, final int firstGroup) {
        final long device = hex(found, firstGroup + 1);
        final long function = hex(found, firstGroup + 2);
        if (device > 0x1F || function > 7) {
            throw new IllegalArgumentException("device " + found.group(firstGroup) + ":" + found.group(firstGroup + 1)
                    + "." + found.group(firstGroup + 2) + " (expected: bus:device.function, up to ff:1f.7)");
        }
        return hex(found, firstGroup) << 8 | device << 3 | function;
    }

    boolean isOf(final Vendor wanted, final String family) {
        return vendor == wanted && families.contains(family);
    }
}
