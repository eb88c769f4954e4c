/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The Javadoc of what other projects link, by the JDK's own tool. */
final class Javadoc {

    private static final List<String> MODULES = List.of("ring", "hwmodel");

    private Javadoc() {}

    /**
     * Write it.
     *
     * @param project folder of the sources
     * @param out     folder for the pages
     * @throws IOException                if the sources cannot be read, or the tool failed; the message says why
     * @throws SiteUnavailableException if this Java has no such tool
     */
    static void write(final Path project, final Path out) throws IOException {
        final ToolProvider tool = ToolProvider.findFirst("javadoc").orElseThrow(
                () -> new SiteUnavailableException("this Java has no javadoc: start it with a JDK"));
        // The comments were checked when they were compiled. Nothing links to pages on the network.
        final List<String> arguments = new ArrayList<>(List.of("-quiet", "-Xdoclint:none", "-notimestamp",
                "--no-platform-links", "-encoding", "UTF-8", "-d", out.toString(), "-cp",
                System.getProperty("java.class.path"), "-windowtitle", "Fault Ring", "-doctitle",
                "Fault Ring: ring and hwmodel", "-header", "<a href=\"{@docRoot}/../index.html\">Fault Ring</a>"));
        for (final String module : MODULES) {
            try (Stream<Path> files = Files.walk(project.resolve(module + "/src/main/java"))) {
                files.map(Path::toString).filter(file -> file.endsWith(".java") && !file.endsWith("module-info.java"))
                        .sorted().forEach(arguments::add);
            }
        }
        final StringWriter messages = new StringWriter();
        try (PrintWriter writer = new PrintWriter(messages)) {
            if (tool.run(writer, writer, arguments.toArray(new String[0])) != 0) {
                throw new IOException("javadoc failed: " + messages.toString().lines().findFirst().orElse("no word"));
            }
        }
    }
}
