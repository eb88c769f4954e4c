/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.Arrays;
import java.util.Iterator;

import org.faultring.bench.records.Vendor;
import org.faultring.hwmodel.layout.RecordFamily;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which records it is about, and how to print them. */
final class RecordOptions {

    @Parameters(index = "0", paramLabel = "VENDOR", completionCandidates = VendorNames.class,
            description = "Whose: ${COMPLETION-CANDIDATES}.")
    private String vendor;

    @Parameters(index = "1", paramLabel = "RECORD", completionCandidates = RecordNames.class,
            description = "Which, by vendor: ${COMPLETION-CANDIDATES}.")
    private String record;

    @Option(names = "--json", description = "Print JSON, as described in docs/decode.md.")
    private boolean json;

    Vendor vendor() {
        try {
            return Vendor.of(vendor);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    RecordFamily family() {
        try {
            return vendor().family(record);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    boolean isJson() {
        return json;
    }

    /** For the help. */
    static final class VendorNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Vendor.labels().iterator();
        }
    }

    /** For the help. */
    static final class RecordNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Vendor.values())
                    .map(vendor -> vendor.label() + " " + String.join("|", vendor.familyNames())).iterator();
        }
    }
}
