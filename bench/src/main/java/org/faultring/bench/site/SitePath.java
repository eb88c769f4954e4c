/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.nio.file.Path;

/** Paths with slashes, relative to one folder. */
final class SitePath {

    private SitePath() {}

    /** What a link in one file says to reach another. */
    static String between(final String from, final String to) {
        final Path folder = Path.of("/" + from).getParent();
        return slashes(folder.relativize(Path.of("/" + to)));
    }

    /** The file that a path means, seen from another file; begins with {@code ..} if that is outside. */
    static String resolve(final String from, final String path) {
        return slashes(Path.of(from).resolveSibling(path).normalize());
    }

    static String slashes(final Path path) {
        return path.toString().replace('\\', '/');
    }
}
