/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void shouldKnowItsHeadingsByTheAnchorsThatItWrites() {
        final Markdown text = new Markdown("# The `ring`, here\n\n## Why?\n\n## Why?\n\n### `a.b` and c\n");
        assertEquals("The ring, here", text.title());
        assertEquals(List.of(new SiteHeading(1, "The ring, here", "the-ring-here"),
                new SiteHeading(2, "Why?", "why"), new SiteHeading(2, "Why?", "why-1"),
                new SiteHeading(3, "a.b and c", "ab-and-c")), text.headings());
        assertEquals("""
                <h1 id="the-ring-here">The <code>ring</code>, here</h1>
                <h2 id="why">Why?</h2>
                <h2 id="why-1">Why?</h2>
                <h3 id="ab-and-c"><code>a.b</code> and c</h3>
                """, text.html());
    }

    @Test
    void shouldLinkCodeThatIsNoLinkYet() {
        final Markdown text = new Markdown("`Ring`, [`Ring`](ring.md), `other`, **`Ring`**\n\n## `Ring`\n");
        text.withLinks(link -> link.replace(".md", ".html")).withCodeLinks(code -> code.equals("Ring") ? "r" : null);
        assertEquals("""
                <p><a href="r"><code>Ring</code></a>, <a href="ring.html"><code>Ring</code></a>, <code>other</code>, \
                <strong><a href="r"><code>Ring</code></a></strong></p>
                <h2 id="ring"><code>Ring</code></h2>
                """, text.html());
    }

    @Test
    void shouldReadTables() {
        assertEquals("<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>b|c</code></td>\n"
                + "</tr>\n</tbody>\n</table>\n", new Markdown("| a |\n|---|\n| `b\\|c` |\n").html());
    }
}
