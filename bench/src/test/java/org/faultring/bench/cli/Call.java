/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A call of the command line and what came of it. */
record Call(int exitCode, String out, String err) {

    static Call of(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode =
                Faultring.execute(new PrintWriter(out, true), new PrintWriter(err, true), () -> false, args);
        return new Call(exitCode, out.toString(), err.toString());
    }

    /** The same, its arguments separated by blanks. */
    static Call ofLine(final String line) {
        return of(line.split(" "));
    }

    /** A call that must succeed and print JSON. */
    static JsonNode json(final String... args) throws IOException {
        final Call call = of(args);
        assertEquals("", call.err);
        assertEquals(ExitCode.OK, call.exitCode);
        return new ObjectMapper().readTree(call.out);
    }
}
