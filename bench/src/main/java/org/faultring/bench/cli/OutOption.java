/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.bench.result.ResultFolder;

/** What {@code --out} names. */
final class OutOption {

    private OutOption() {}

    /** A folder for results, made if it is not there, that can be written. */
    static ResultFolder folder(final Path out) {
        try {
            return ResultFolder.at(out);
        } catch (final IOException e) {
            throw new BadInputException(
                    "--out=" + out + " (expected: a folder that can be written): " + IoReason.of(e), e);
        }
    }

    /** Write a file whole, with its folder; what was there before is still there if that fails. */
    static void write(final Path out, final String text) throws IOException {
        final Path folder = out.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(out)) {
            throw new BadInputException("--out=" + out + " (expected: a file)", null);
        }
        ResultFolder.at(folder).replace(out.getFileName().toString(), text);
    }
}
