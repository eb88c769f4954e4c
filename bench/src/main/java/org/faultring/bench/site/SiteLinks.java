/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Turns links between files of the project into links between files of the site. */
final class SiteLinks {

    private static final Pattern ABSOLUTE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|#.*");

    private final Path project;
    private final SiteMap map;
    private final Set<String> files = new TreeSet<>();
    private final List<String> broken = new ArrayList<>();

    SiteLinks(final Path project, final SiteMap map) {
        this.project = project;
        this.map = map;
    }

    /** What a link becomes. */
    String href(final SitePage from, final String destination) {
        if (ABSOLUTE.matcher(destination).matches()) {
            return destination;
        }
        final int hash = destination.indexOf('#');
        final String path = hash < 0 ? destination : destination.substring(0, hash);
        final String fragment = hash < 0 ? "" : destination.substring(hash);
        final String source = SitePath.resolve(from.source(), path);
        final SitePage page = map.pageOf(source);
        if (page != null) {
            return from.pathTo(page.target()) + fragment;
        }
        if (source.startsWith("..") || !Files.isRegularFile(project.resolve(source))) {
            broken.add(from.source() + ": " + destination);
            return destination;
        }
        return from.pathTo(take(source)) + fragment;
    }

    /** A file of the project that belongs to the site as it is; where it will be. */
    String take(final String source) {
        files.add(source);
        return CodePage.isCode(source) ? CodePage.target(source) : source;
    }

    /** Files that links lead to and that are no Markdown. */
    Set<String> files() {
        return files;
    }

    /** Links that lead nowhere. */
    List<String> broken() {
        return broken;
    }
}
