/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be written or read, in words. */
final class IoReason {

    private IoReason() {}

    /** Of reading. */
    static String ofReading(final IOException e) {
        return e instanceof NoSuchFileException ? "there is no such file" : of(e);
    }

    /** Of writing: what a user can do something about. */
    static String of(final IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (e instanceof NoSuchFileException) {
            return "the folder above it cannot be made";
        }
        return e instanceof final FileSystemException file && file.getReason() != null ? file.getReason()
                : e.getMessage();
    }
}
