/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder for results. Each file appears whole or not at all. */
public final class ResultFolder {

    private final Path folder;
    private final boolean wasThere;

    private ResultFolder(final Path folder, final boolean wasThere) {
        this.folder = folder;
        this.wasThere = wasThere;
    }

    /**
     * Make sure that results can be written, before any work is done for them.
     *
     * @param folder made if it is not there
     * @return the folder
     * @throws IOException if the folder cannot be made or written
     */
    public static ResultFolder at(final Path folder) throws IOException {
        final boolean wasThere = Files.isDirectory(folder);
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, "probe", ".tmp"));
        return new ResultFolder(folder, wasThere);
    }

    /**
     * Write a text.
     *
     * @param name of the file
     * @param text its content
     * @return the path of the file
     * @throws IOException if it cannot be written; what was there before is still there
     */
    public Path replace(final String name, final String text) throws IOException {
        return replace(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Write a file.
     *
     * @param name    of the file
     * @param content writes it
     * @return the path of the file
     * @throws IOException if it cannot be written; what was there before is still there
     */
    public Path replace(final String name, final Content content) throws IOException {
        final Path target = folder.resolve(name);
        final Path temporary = folder.resolve(name + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return target;
    }

    /**
     * There will be no result: leave nothing behind. A folder that was there before, or holds something, stays.
     *
     * @throws IOException if the folder cannot be deleted
     */
    public void abandon() throws IOException {
        if (wasThere) {
            return;
        }
        try {
            Files.deleteIfExists(folder);
        } catch (final DirectoryNotEmptyException somebodyElseUsesIt) {
            return;
        }
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Write it.
         *
         * @param out where to
         * @throws IOException if that fails
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
