/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has open and mapped, as the kernel tells. */
final class ProcSelf {

    private ProcSelf() {}

    static int descriptors() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int highestDescriptor() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.mapToInt(file -> Integer.parseInt(file.getFileName().toString())).max().orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int mappings() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return (int) lines.count();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
