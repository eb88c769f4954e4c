/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which pages there are, in the order in which one reads them. */
final class SiteMap {

    static final String HOME = "docs/index.md";
    static final String RESULTS = "jmh-results";
    private static final String README = "README.md";

    private final Map<String, SitePage> pages = new LinkedHashMap<>();

    private SiteMap() {}

    /** All Markdown files of the documentation: those that are known by name, and whatever else is there. */
    static SiteMap of(final Path project) throws IOException {
        final SiteMap map = new SiteMap();
        map.add(HOME, "index.html", "Fault Ring", SiteSection.USE);
        map.add(README, "readme.html", "First steps", SiteSection.USE);
        map.add("docs/guide/run.md", "Run a path", SiteSection.USE);
        map.add("docs/guide/tune.md", "Simulate and tune", SiteSection.USE);
        map.add("docs/guide/embed.md", "Embed it", SiteSection.USE);
        map.add("docs/embedding.md", "In another process, and in C", SiteSection.USE);
        map.add("docs/examples/README.md", "docs/examples/index.html", "Examples", SiteSection.USE);
        map.add("docs/path.md", "The path", SiteSection.MECHANISM);
        map.add("docs/rings.md", "The rings", SiteSection.MECHANISM);
        map.add("docs/hardware.md", "The hardware", SiteSection.MECHANISM);
        map.add("docs/kernel.md", "The kernel layer", SiteSection.MECHANISM);
        map.add("docs/delivery.md", "Delivery to user space", SiteSection.MECHANISM);
        map.add("docs/virtual-time.md", "Virtual time", SiteSection.MECHANISM);
        map.add("docs/instructions.md", "Counting instructions", SiteSection.MECHANISM);
        map.add("docs/tuning.md", "Queue sizes", SiteSection.REFERENCE);
        map.add("docs/abi.md", "Mapped ring: ABI", SiteSection.REFERENCE);
        map.add("docs/decode.md", "Decode and encode", SiteSection.REFERENCE);
        map.add("docs/result.md", "Result files", SiteSection.REFERENCE);
        map.add("docs/measuring.md", "Measuring", SiteSection.REFERENCE);
        map.add("docs/experiments.md", "Experiments", SiteSection.REFERENCE);
        map.add("docs/findings.md", "Findings on Linux", SiteSection.RESULTS);
        map.add(RESULTS + "/" + README, RESULTS + "/index.html", "Results", SiteSection.RESULTS);
        map.add("docs/guide/work.md", "Build, test, change", SiteSection.WORK);
        map.add("CHANGELOG.md", "changelog.html", "Changelog", SiteSection.WORK);
        for (final String result : markdown(project, RESULTS)) {
            if (!map.pages.containsKey(result)) {
                final String folder = result.substring(0, result.length() - README.length());
                map.add(result, folder + "index.html", label(folder), SiteSection.RESULTS);
            }
        }
        for (final String other : markdown(project, "docs")) {
            if (!map.pages.containsKey(other)) {
                map.add(other, Path.of(other).getFileName().toString().replace(".md", ""), SiteSection.REFERENCE);
            }
        }
        return map;
    }

    private static List<String> markdown(final Path project, final String folder) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve(folder))) {
            return files.map(file -> SitePath.slashes(project.relativize(file)))
                    .filter(file -> file.endsWith(".md") && (!folder.equals(RESULTS) || file.endsWith("/" + README)))
                    .sorted(Comparator.naturalOrder()).toList();
        }
    }

    /** {@code jmh-results/2026-11-26-amd-epyc-2-cores-compare/} is "2026-11-26 compare". */
    private static String label(final String folder) {
        final String name = Path.of(folder).getFileName().toString();
        final int dayEnd = "yyyy-mm-dd".length();
        final int machineEnd = name.indexOf("-cores");
        if (machineEnd < dayEnd) {
            return name;
        }
        final String what = name.substring(machineEnd + "-cores".length());
        return name.substring(0, dayEnd) + (what.isEmpty() ? " path" : " " + what.substring(1));
    }

    private void add(final String source, final String label, final SiteSection section) {
        add(source, source.replaceFirst("\\.md$", ".html"), label, section);
    }

    private void add(final String source, final String target, final String label, final SiteSection section) {
        pages.put(source, new SitePage(source, target, label, section));
    }

    List<SitePage> pages() {
        return new ArrayList<>(pages.values());
    }

    List<SitePage> pages(final SiteSection section) {
        return pages.values().stream().filter(page -> page.section() == section).toList();
    }

    /** The page of a file, or of the file that stands for a folder; null if there is none. */
    SitePage pageOf(final String source) {
        final SitePage page = pages.get(source);
        return page == null ? pages.get(source + "/" + README) : page;
    }
}
