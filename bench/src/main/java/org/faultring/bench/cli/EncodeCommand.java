/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.records.DecodedRecord;
import org.faultring.bench.records.RecordEncoder;
import org.faultring.bench.records.RecordJson;
import org.faultring.bench.records.RecordTable;
import org.faultring.bench.records.Vendor;
import org.faultring.hwmodel.layout.RecordFamily;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring encode}: the inverse of decode. */
@Command(name = "encode", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {"Print the words of a hardware record with these fields: the inverse of decode.",
            "Fields not given are 0; 'decode VENDOR RECORD' of any words shows what fields there are."},
        footer = {"", "Exit code: 0 fine, 2 bad input.", "",
            "Example: faultring encode vtd command page-group-response rid=03:01.0 pp=1 pasid=0x42 prgi=0x1a5 "
                    + "response-code=success"})
final class EncodeCommand implements Callable<Integer> {

    @Mixin
    private RecordOptions options;

    @Parameters(index = "2..*", paramLabel = "[LAYOUT] FIELD=VALUE", arity = "0..*", hideParamSyntax = true,
            description = "Name of the layout, as decode prints it, where the fields do not tell; then fields. A value "
                    + "is a number (decimal, or hex after 0x), a word that decode prints for it, or for requester IDs "
                    + "bus:device.function. reserved-qw0=… sets bits of word 0 that are in no field.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--bytes", description = "Print bytes of memory, lowest address first, instead of words.")
    private boolean bytes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Vendor vendor = options.vendor();
        final RecordFamily family = options.family();
        final DecodedRecord record;
        try {
            record = new RecordEncoder(vendor, family).encode(assignments);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
        final long[] words = record.raw().words();
        final PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            out.println(RecordJson.of(vendor, family, List.of(record)));
        } else {
            out.println(bytes ? RecordTable.bytes(words) : RecordTable.words(words));
            record.raw().notes().forEach(note -> spec.commandLine().getErr().println("faultring encode: " + note));
        }
        return ExitCode.OK;
    }
}
