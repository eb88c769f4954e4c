/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not, not yet or no longer a ring that this version can attach to.
 *
 * <p>The message is one sentence that names the file, what was found and what was expected. It can be shown to a user
 * as it is.
 */
public final class RingFileException extends IOException {

    private static final long serialVersionUID = 1L;

    RingFileException(final Path path, final String found, final String expected) {
        super("cannot attach to " + path + ": " + found + " (expected: " + expected + ")");
    }
}
