/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.faultring.hwmodel.layout.RecordFamily;

/**
 * Records from hex words, one or several whole ones a line, and from lines of the kernel's log or trace. Blank lines
 * and those that begin with {@code #} are skipped.
 */
public final class TextInput implements RecordInput {

    private final Vendor vendor;
    private final RecordFamily family;
    private final Consumer<RawRecord> records;
    private final List<MatchResult> found = new ArrayList<>();
    private KernelFormat begun;
    private int lines;

    /**
     * An input.
     *
     * @param vendor  of the records
     * @param family  of the records
     * @param records gets each as soon as it is whole
     */
    public TextInput(final Vendor vendor, final RecordFamily family, final Consumer<RawRecord> records) {
        this.vendor = vendor;
        this.family = family;
        this.records = records;
    }

    @Override
    public void line(final String line) {
        lines++;
        try {
            if (begun != null) {
                goOn(line);
            } else if (!line.isBlank() && !line.startsWith("#") && !begin(line)
                    && !KernelFormat.explains(vendor, line)) {
                words(line);
            }
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + lines + ": " + e.getMessage(), e);
        }
    }

    private boolean begin(final String line) {
        for (final KernelFormat format : KernelFormat.ALL) {
            final Matcher first = format.lines().get(0).matcher(line);
            if (first.find()) {
                if (!format.isOf(vendor, family.name())) {
                    throw new IllegalArgumentException("a line of the " + format.name() + " (expected: "
                            + vendor.label() + " " + family.name() + " records; for this line: decode "
                            + format.vendor().label() + " " + format.families().get(0) + ")");
                }
                begun = format;
                found(first.toMatchResult());
                return true;
            }
        }
        return false;
    }

    private void goOn(final String line) {
        final Matcher next = begun.lines().get(found.size()).matcher(line);
        if (!next.find()) {
            throw new IllegalArgumentException("'" + Excerpt.of(line) + "' (expected: line " + (found.size() + 1)
                    + " of the " + begun.lines().size() + " lines of the " + begun.name() + ")");
        }
        found(next.toMatchResult());
    }

    private void found(final MatchResult result) {
        found.add(result);
        if (found.size() == begun.lines().size()) {
            final RawRecord whole = begun.record().apply(List.copyOf(found));
            begun = null;
            found.clear();
            records.accept(fitted(whole));
        }
    }

    /** Descriptors of 128 bits are printed with two words more, which are 0. */
    private RawRecord fitted(final RawRecord whole) {
        final long[] words = whole.words();
        for (int i = family.words(); i < words.length; i++) {
            if (words[i] != 0) {
                throw new IllegalArgumentException(
                        "qw" + i + "=" + Hex.value(words[i]) + " (expected: 0 in a record of "
                                + family.words() + " words)");
            }
        }
        return new RawRecord(Arrays.copyOf(words, family.words()), whole.source(), whole.notes());
    }

    private void words(final String line) {
        final List<Long> words = new ArrayList<>();
        for (final String token : line.strip().split("[\\s,/]+")) {
            final String digits = token.replaceFirst("^0[xX]", "").replace("_", "");
            if (!token.isEmpty()) {
                if (!Hex.isDigits(digits)) {
                    throw new IllegalArgumentException("'" + Excerpt.of(token) + "' (expected: " + expected() + ")");
                }
                Arrays.stream(Hex.words(digits)).forEach(words::add);
            }
        }
        final int each = family.words();
        if (words.size() > each && words.size() % each != 0) {
            throw new IllegalArgumentException(words.size() + " words (expected: up to " + each + " for one "
                    + vendor.label() + " " + family.name() + " record, or a multiple of " + each + " for several)");
        }
        for (int start = 0; start < words.size(); start += each) {
            records.accept(record(words.subList(start, Math.min(start + each, words.size()))));
        }
    }

    private RawRecord record(final List<Long> given) {
        final long[] words = new long[family.words()];
        Arrays.setAll(words, i -> i < given.size() ? given.get(i) : 0);
        if (given.size() == words.length) {
            return new RawRecord(words, RawRecord.WORDS, List.of());
        }
        return new RawRecord(words, RawRecord.WORDS, List.of(IntStream.range(given.size(), words.length)
                .mapToObj(i -> "qw" + i).collect(Collectors.joining(", ", "not given, so taken as 0: ", ""))));
    }

    private String expected() {
        final String formats = KernelFormat.ALL.stream().filter(format -> format.isOf(vendor, family.name()))
                .map(KernelFormat::name).collect(Collectors.joining(", "));
        final String words = "hex words of " + vendor.label() + " " + family.name() + " records";
        return formats.isEmpty() ? words : words + ", or a line of the kernel: " + formats;
    }

    @Override
    public void end() {
        if (begun != null) {
            throw new IllegalArgumentException("line " + lines + ": the input ends after line " + found.size()
                    + " of the " + begun.name() + " (expected: " + begun.lines().size() + " lines)");
        }
    }
}
