/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.DeliveryResultFile;
import org.faultring.bench.page.ReportPage;

/** The raw files beside the text of a result, and the page of its charts where there is one. */
final class ResultFiles {

    private final Path project;
    private final SiteLinks links;

    ResultFiles(final Path project, final SiteLinks links) {
        this.project = project;
        this.links = links;
    }

    /** A list of them, empty for a page that is not about one result. */
    String html(final SitePage page, final Path out) throws IOException {
        final String folder = SitePath.resolve(page.source(), "");
        if (!folder.startsWith(SiteMap.RESULTS + "/")) {
            return "";
        }
        final StringBuilder html = new StringBuilder("<h2 id=\"files\">Files</h2>\n<ul>\n");
        final Optional<DeliveryResult> result =
                DeliveryResultFile.find(project.resolve(folder).resolve(DeliveryResultFile.NAME));
        if (result.isPresent()) {
            final Path report = out.resolve(folder).resolve(ReportPage.NAME);
            Files.createDirectories(report.getParent());
            Files.writeString(report, ReportPage.of(List.of(result.get())));
            html.append("<li><a href=\"").append(ReportPage.NAME)
                    .append("\">the figures as charts, every series of them</a></li>\n");
        }
        for (final String file : files(folder)) {
            html.append("<li><a href=\"").append(page.pathTo(links.take(file))).append("\">")
                    .append(PageFrame.escaped(file.substring(folder.length() + 1))).append("</a></li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private List<String> files(final String folder) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve(folder))) {
            return files.filter(Files::isRegularFile).map(file -> SitePath.slashes(project.relativize(file)))
                    .filter(file -> !file.endsWith(".md")).sorted().toList();
        }
    }
}
