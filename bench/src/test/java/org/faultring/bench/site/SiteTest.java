/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of this project: all of it is there, and every link leads somewhere. */
class SiteTest {

    private static final Path PROJECT = Path.of("..");

    @TempDir
    private static Path folder;
    private static Path site;
    private static List<String> broken;

    @BeforeAll
    static void make() throws IOException {
        site = folder.resolve("site");
        broken = Site.write(PROJECT, site, step -> {});
    }

    private static List<Path> files(final String ending) throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** Pages of the site's own: neither Javadoc nor the report, which has tests of its own. */
    private static List<Path> ownPages() throws IOException {
        return files(".html").stream()
                .filter(file -> !file.startsWith(site.resolve("api")) && !file.endsWith("report.html")).toList();
    }

    private static Document read(final Path page) throws IOException {
        return Jsoup.parse(page.toFile(), "UTF-8", page.toUri().toString());
    }

    @Test
    void shouldHaveNoLinkThatLeadsNowhere() throws IOException {
        assertEquals(List.of(), broken);
        final Map<Path, Set<String>> anchors = new HashMap<>();
        final Set<String> dead = new TreeSet<>();
        int links = 0;
        for (final Path page : ownPages()) {
            for (final Element link : read(page).select("[href], [src]")) {
                final String to = link.hasAttr("href") ? link.attr("abs:href") : link.attr("abs:src");
                if (!to.startsWith("file:")) {
                    continue;
                }
                links++;
                if (!leadsSomewhere(URI.create(to), anchors)) {
                    dead.add(site.relativize(page) + ": " + link.outerHtml());
                }
            }
        }
        assertEquals(Set.of(), dead);
        assertTrue(links > 1000, "links looked at: " + links);
    }

    private static boolean leadsSomewhere(final URI to, final Map<Path, Set<String>> anchors) throws IOException {
        final Path file = Path.of(to.getPath());
        if (!file.startsWith(site) || !Files.isRegularFile(file)) {
            return false;
        }
        if (to.getFragment() == null) {
            return true;
        }
        if (!anchors.containsKey(file)) {
            final Set<String> ids = new HashSet<>();
            read(file).select("[id]").forEach(element -> ids.add(element.id()));
            anchors.put(file, ids);
        }
        return anchors.get(file).contains(to.getFragment());
    }

    @Test
    void shouldTakeNothingFromTheNetwork() throws IOException {
        for (final Path page : files(".html")) {
            final Document text = read(page);
            text.select("script[src], link[rel=stylesheet], img").forEach(element -> assertFalse(
                    (element.attr("src") + element.attr("href")).contains("//"), () -> page + ": " + element));
        }
        for (final Path sheet : files(".css")) {
            assertFalse(Files.readString(sheet).matches("(?s).*url\\(['\"]?https?:.*"), sheet.toString());
        }
    }

    @Test
    void shouldHaveEachDocumentAndResultInTheNavigation() throws IOException {
        final Set<String> targets = new TreeSet<>();
        read(site.resolve("index.html")).select("#navigation a").forEach(link -> targets.add(link.attr("href")));
        final List<String> missing = new ArrayList<>();
        try (Stream<Path> documents = Stream.concat(Files.walk(PROJECT.resolve("docs")),
                Files.walk(PROJECT.resolve("jmh-results")))) {
            documents.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> PROJECT.relativize(file).toString().replace("README.md", "index.html")
                            .replace("docs/index.md", "index.html").replace(".md", ".html"))
                    .filter(target -> !targets.contains(target)).forEach(missing::add);
        }
        assertEquals(List.of(), missing);
        assertTrue(targets.containsAll(List.of("readme.html", "changelog.html", "api/allpackages-index.html")));
    }

    @Test
    void shouldHaveATitleAndNoIdTwiceOnEachPage() throws IOException {
        final List<Path> pages = ownPages();
        assertTrue(pages.size() > 30, pages.toString());
        for (final Path page : pages) {
            final Document text = read(page);
            assertFalse(text.select("h1").isEmpty(), () -> page + " has no title");
            assertFalse(text.title().startsWith(" ·"), page.toString());
            final Set<String> ids = new HashSet<>();
            text.select("[id]").forEach(element -> assertTrue(ids.add(element.id()),
                    () -> page + ": two elements are " + element.id()));
        }
    }

    @Test
    void shouldLeadFromProseToJavadocAndFromAnExampleToItsSource() throws IOException {
        final Document start = read(site.resolve("readme.html"));
        assertEquals("api/org/faultring/ring/OneToOneFaultRing.html",
                start.select("td a:has(code:containsOwn(OneToOneFaultRing))").attr("href"));
        final Document examples = read(site.resolve("docs/examples/index.html"));
        assertEquals(9, examples.select("td a[href$=.java.html]").size());
        assertTrue(read(site.resolve("docs/examples/src/main/java/TenLines.java.html")).select("pre").text()
                .contains("public final class TenLines"));
    }

    @Test
    void shouldShowRawFilesAndChartsOfAResult() throws IOException {
        final Document result =
                read(site.resolve("jmh-results/2026-11-26-amd-epyc-2-cores-compare/index.html"));
        assertEquals(List.of("report.html", "result.json", "table.txt"),
                result.select("#files + ul a").eachAttr("href"));
    }

    @Test
    void shouldBeMadeAnewWhereItWasMadeAndNowhereElse() throws IOException {
        final Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "years of work");
        assertEquals("out=" + other + " (expected: a new folder, an empty one, or one that holds such a site)",
                assertThrows(IllegalArgumentException.class, () -> Site.write(PROJECT, other, step -> {}))
                        .getMessage());
        assertEquals("years of work", Files.readString(other.resolve("thesis.txt")));
        assertEquals("out=" + other.resolve("thesis.txt") + " (expected: a new folder, an empty one, or one that holds"
                + " such a site)",
                assertThrows(IllegalArgumentException.class,
                        () -> Site.write(PROJECT, other.resolve("thesis.txt"), step -> {})).getMessage());
        assertEquals("there are no sources in " + other + ": start it as ./faultring",
                assertThrows(SiteUnavailableException.class,
                        () -> Site.write(other, folder.resolve("new"), step -> {})).getMessage());
        assertFalse(Files.exists(folder.resolve("new")));
    }
}
