/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import static org.faultring.bench.records.KernelFormat.hex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.faultring.hwmodel.amd.EventLogEntry;

/**
 * What Linux prints of the AMD event log ({@code iommu_print_event}, {@code amd_iommu_report_page_fault},
 * {@code amd_iommu_report_rmp_fault} and {@code amd_iommu_report_rmp_hw_error} in drivers/iommu/amd/iommu.c), with and
 * without a PCI segment. A page fault of a device that has a driver has its device before the message.
 */
final class AmdFormats {

    private static final String DEVICE = "(?:\\p{XDigit}{4}:)?" + hex(2) + ":" + hex(2) + "\\." + hex(1);
    private static final Pattern LINE = Pattern.compile(
            "(?:\\p{XDigit}{4}:" + hex(2) + ":" + hex(2) + "\\." + hex(1) + ": )?(?:AMD-Vi: )?"
                    + "Event logged \\[(?!UNKNOWN)(\\w+) ([^\\]]*)\\]");
    private static final Pattern UNKNOWN = Pattern.compile("Event logged \\[UNKNOWN event\\[0\\]=0x" + hex(8)
            + " event\\[1\\]=0x" + hex(8) + " event\\[2\\]=0x" + hex(8) + " event\\[3\\]=0x" + hex(8));
    private static final Pattern PAIR = Pattern.compile("(\\w+)=(\\S+?),?(?:\\s|$)");
    private static final Pattern DEVICE_VALUE = Pattern.compile(DEVICE);
    private static final Pattern NUMBER = Pattern.compile("0x" + hex(16));

    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("ILLEGAL_DEV_TABLE_ENTRY", EventLogEntry.ILLEGAL_DEV_TABLE_ENTRY),
            Map.entry("IO_PAGE_FAULT", EventLogEntry.IO_PAGE_FAULT),
            Map.entry("DEV_TAB_HARDWARE_ERROR", EventLogEntry.DEV_TAB_HARDWARE_ERROR),
            Map.entry("PAGE_TAB_HARDWARE_ERROR", EventLogEntry.PAGE_TAB_HARDWARE_ERROR),
            Map.entry("ILLEGAL_COMMAND_ERROR", EventLogEntry.ILLEGAL_COMMAND_ERROR),
            Map.entry("COMMAND_HARDWARE_ERROR", EventLogEntry.COMMAND_HARDWARE_ERROR),
            Map.entry("IOTLB_INV_TIMEOUT", EventLogEntry.IOTLB_INV_TIMEOUT),
            Map.entry("INVALID_DEVICE_REQUEST", EventLogEntry.INVALID_DEVICE_REQUEST),
            Map.entry("INVALID_PPR_REQUEST", EventLogEntry.INVALID_PPR_REQUEST),
            Map.entry("RMP_PAGE_FAULT", EventLogEntry.RMP_FAULT),
            Map.entry("RMP_HW_ERROR", EventLogEntry.RMP_HW_ERR));

    /** Before others stands the device of the IOMMU. */
    private static final Set<Integer> OF_DEVICE = Set.of(EventLogEntry.IO_PAGE_FAULT, EventLogEntry.RMP_FAULT,
            EventLogEntry.RMP_HW_ERR);

    static final List<KernelFormat> ALL = List.of(
            new KernelFormat("AMD event log", Vendor.AMD, List.of("event"), List.of(LINE),
                    lines -> event(lines.get(0))),
            new KernelFormat("AMD event log, unknown type", Vendor.AMD, List.of("event"), List.of(UNKNOWN),
                    lines -> unknown(lines.get(0))));

    private AmdFormats() {}

    private static RawRecord unknown(final MatchResult line) {
        return new RawRecord(new long[] {hex(line, 2) << 32 | hex(line, 1), hex(line, 4) << 32 | hex(line, 3)},
                "AMD-Vi event", List.of());
    }

    private static RawRecord event(final MatchResult line) {
        final String name = line.group(4);
        final Integer type = TYPES.get(name);
        if (type == null) {
            throw Names.unknown("event", name, TYPES.keySet().stream().sorted().toList());
        }
        final Map<String, Long> values = values(line.group(5));
        final List<String> notes = new ArrayList<>();
        if (line.group(1) != null && OF_DEVICE.contains(type)) {
            values.putIfAbsent("device", KernelFormat.requester(line, 1));
        } else if (!values.containsKey("device")) {
            notes.add("not in the line: device-id");
        }
        if (type == EventLogEntry.IO_PAGE_FAULT) {
            notes.add("not in the line: id 19:16, reserved bits");
        }
        long low = (long) type << 60 | value(values, "device", 16) | value(values, "flags", 12) << 48;
        low |= value(values, "domain", 16) << 32 | value(values, "vmg_tag", 16) << 32;
        low |= value(values, "flags_rmp", 8) << 16 | value(values, "tag", 10) << 32;
        final long pasid = value(values, "pasid", 20);
        low |= type == EventLogEntry.INVALID_PPR_REQUEST
                // Lies as in a PPR log entry, around the tag.
                ? (pasid & 0xFFFF) << 16 | pasid >>> 16 << 42
                : (pasid & 0xFFFF) << 32 | pasid >>> 16 << 16;
        final long high = value(values, "address", 64) | value(values, "gpa", 64) | value(values, "spa", 64);
        return new RawRecord(new long[] {low, high}, "AMD-Vi event", notes);
    }

    private static Map<String, Long> values(final String text) {
        final Map<String, Long> values = new LinkedHashMap<>();
        final Matcher pair = PAIR.matcher(text);
        while (pair.find()) {
            final Matcher device = DEVICE_VALUE.matcher(pair.group(2));
            final Matcher number = NUMBER.matcher(pair.group(2));
            if (device.matches()) {
                values.put(pair.group(1), KernelFormat.requester(device, 1));
            } else if (number.matches()) {
                values.put(pair.group(1), hex(number, 1));
            } else {
                throw new IllegalArgumentException(Excerpt.of(pair.group()) + " (expected: a number as 0x…)");
            }
        }
        return values;
    }

    private static long value(final Map<String, Long> values, final String name, final int bits) {
        final long value = values.getOrDefault(name, 0L);
        if (bits < Long.SIZE && value >>> bits != 0) {
            throw new IllegalArgumentException(name + "=" + Hex.value(value) + " (expected: " + bits + " bits)");
        }
        return value;
    }
}
