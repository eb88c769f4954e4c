/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteLinksTest {

    @TempDir
    private Path project;
    private SiteMap map;
    private SiteLinks links;

    @BeforeEach
    void make() throws IOException {
        write("docs/new.md", "# New");
        write("docs/table.txt", "1");
        write("docs/code/First.java", "class First {}");
        write("jmh-results/2026-11-26-amd-epyc-2-cores-compare/README.md", "# A result");
        map = SiteMap.of(project);
        links = new SiteLinks(project, map);
    }

    private void write(final String file, final String text) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), text);
    }

    @ParameterizedTest
    @CsvSource({
        "path.md, path.html",
        "path.md#books, path.html#books",
        "#books, #books",
        "../README.md, ../readme.html",
        "../jmh-results, ../jmh-results/index.html",
        "examples/README.md, examples/index.html",
        "examples, examples/index.html",
        "new.md, new.html",
        "table.txt, table.txt",
        "code/First.java, code/First.java.html",
        "https://example.org/a#b, https://example.org/a#b",
        "mailto:a@example.org, mailto:a@example.org"})
    void shouldLeadToThePageOfAFile(final String link, final String expected) {
        assertEquals(expected, links.href(map.pageOf("docs/rings.md"), link));
        assertEquals(List.of(), links.broken());
    }

    @Test
    void shouldTakeTheFilesThatLinksLeadTo() {
        links.href(map.pageOf("docs/rings.md"), "table.txt");
        links.href(map.pageOf("docs/rings.md"), "code/First.java");
        links.href(map.pageOf("docs/rings.md"), "table.txt");
        assertEquals(Set.of("docs/code/First.java", "docs/table.txt"), links.files());
    }

    @ParameterizedTest
    @CsvSource({"gone.md", "code", "../../outside.md", "../../../../../../etc/passwd"})
    void shouldTellOfALinkThatLeadsNowhere(final String link) {
        links.href(map.pageOf("docs/rings.md"), link);
        assertEquals(List.of("docs/rings.md: " + link), links.broken());
        assertEquals(Set.of(), links.files());
    }

    @Test
    void shouldKnowWhatIsNotNamed() {
        assertEquals(SiteSection.REFERENCE, map.pageOf("docs/new.md").section());
        assertEquals("2026-11-26 compare",
                map.pageOf("jmh-results/2026-11-26-amd-epyc-2-cores-compare").label());
        assertNull(map.pageOf("docs/gone.md"));
    }
}
