/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.faultring.bench.records.ByteInput;
import org.faultring.bench.records.DecodedRecord;
import org.faultring.bench.records.RawRecord;
import org.faultring.bench.records.RecordInput;
import org.faultring.bench.records.RecordJson;
import org.faultring.bench.records.RecordTable;
import org.faultring.bench.records.TextInput;
import org.faultring.bench.records.Vendor;
import org.faultring.hwmodel.layout.RecordFamily;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring decode}: raw records by their fields. */
@Command(name = "decode", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {"Print every field of raw hardware records by name, with its bits and what its value means.",
            "Takes hex words, dumps of memory, and lines in which Linux prints such records: trace events prq_report "
                    + "and qi_submit, faults of DMAR and riscv-iommu, events of arm-smmu-v3 and AMD-Vi."},
        footer = {"", "Exit code: 0 fine, 2 bad input.", "",
            "Example: faultring decode vtd prq 0000004203080101 00007F1234567D2F"})
final class DecodeCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final String YELLOW = "\u001B[33m";
    private static final String PLAIN = "\u001B[0m";

    @Mixin
    private RecordOptions options;

    @Parameters(index = "2..*", paramLabel = "HEX", arity = "0..*",
            description = "Words qw0 qw1 … of one or several records, with or without 0x; _ and / may separate. Or a "
                    + "line of the kernel in quotes. None, or -: standard input, a record or a kernel's line on each "
                    + "line.")
    private List<String> hex = new ArrayList<>();

    @Option(names = "--bytes",
            description = "The input is a dump of little-endian memory, as xxd -p, xxd, hexdump -C and hexdump print.")
    private boolean bytes;

    @Spec
    private CommandSpec spec;

    private int printed;

    @Override
    public Integer call() {
        final Vendor vendor = options.vendor();
        final RecordFamily family = options.family();
        final List<DecodedRecord> decoded = new ArrayList<>();
        final Consumer<DecodedRecord> taker = options.isJson() ? decoded::add : this::print;
        final Consumer<RawRecord> records = raw -> taker.accept(DecodedRecord.of(vendor, family, raw));
        read(bytes ? new ByteInput(vendor, family, records) : new TextInput(vendor, family, records));
        if (options.isJson()) {
            spec.commandLine().getOut().println(RecordJson.of(vendor, family, decoded));
        }
        return ExitCode.OK;
    }

    private void read(final RecordInput input) {
        try {
            if (hex.isEmpty() || hex.equals(List.of(STANDARD_INPUT))) {
                readStandardInput(input);
            } else if (String.join("", hex).isBlank()) {
                throw new IllegalArgumentException("HEX='' (expected: words, bytes or a line of the kernel)");
            } else {
                String.join(" ", hex).lines().forEach(input::line);
            }
            input.end();
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    private static void readStandardInput(final RecordInput input) {
        try {
            final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                input.line(line);
            }
        } catch (final IOException e) {
            throw new BadInputException("cannot read the standard input: " + IoReason.of(e), e);
        }
    }

    private void print(final DecodedRecord record) {
        final PrintWriter out = spec.commandLine().getOut();
        final boolean colours = Terminal.isThere() && System.getenv("NO_COLOR") == null;
        out.print(printed++ == 0 ? "" : "\n");
        out.print(RecordTable.of(record, line -> colours ? YELLOW + line + PLAIN : line));
        out.flush();
    }
}
