/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.text.StringEscapeUtils;

/** What is around the text of each page: title, navigation, the way on. */
final class PageFrame {

    static final List<String> FILES = List.of("site.css", "site.js");
    static final String API = "api";
    private static final String API_ENTRY = API + "/allpackages-index.html";
    private static final Pattern PLACE = Pattern.compile("<!--(\\w+)-->");
    /** Pages with fewer headings need no list of them. */
    private static final int MIN_HEADINGS = 3;

    private final SiteMap map;
    private final String template = resource("page.html");

    PageFrame(final SiteMap map) {
        this.map = map;
    }

    /** A page of the map. */
    String page(final SitePage page, final Markdown text, final String body) {
        return fill(page.target(), text.title(), body, navigation(page.target(), page, text.headings()), way(page));
    }

    /** A page that is reached from others only. */
    String page(final String target, final String title, final String body) {
        return fill(target, title, body, navigation(target, null, List.of()), "");
    }

    private String fill(final String target, final String title, final String body, final String navigation,
            final String way) {
        final Map<String, String> parts = Map.of("title", escaped(title), "root", root(target), "body", body,
                "navigation", navigation, "way", way, "kind", target.equals("index.html") ? "home" : "text");
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
    }

    private static String root(final String target) {
        return "../".repeat((int) target.chars().filter(c -> c == '/').count());
    }

    private String navigation(final String target, final SitePage current, final List<SiteHeading> headings) {
        final StringBuilder html = new StringBuilder();
        for (final SiteSection section : SiteSection.values()) {
            html.append("<h2>").append(section.title()).append("</h2>\n<ul>\n");
            for (final SitePage page : map.pages(section)) {
                final boolean isCurrent = page.equals(current);
                html.append("<li><a href=\"").append(SitePath.between(target, page.target())).append('"')
                        .append(isCurrent ? " aria-current=\"page\"" : "").append('>').append(escaped(page.label()))
                        .append("</a>").append(isCurrent ? contents(headings) : "").append("</li>\n");
            }
            if (section == SiteSection.REFERENCE) {
                html.append("<li><a href=\"").append(SitePath.between(target, API_ENTRY))
                        .append("\">Javadoc</a></li>\n");
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }

    private static String contents(final List<SiteHeading> headings) {
        final List<SiteHeading> shown = headings.stream().filter(heading -> heading.level() == 2).toList();
        if (shown.size() < MIN_HEADINGS) {
            return "";
        }
        final StringBuilder html = new StringBuilder("\n<ul>\n");
        shown.forEach(heading -> html.append("<li><a href=\"#").append(heading.anchor()).append("\">")
                .append(escaped(heading.title())).append("</a></li>\n"));
        return html.append("</ul>\n").toString();
    }

    /** To the pages before and after this one. */
    private String way(final SitePage page) {
        final List<SitePage> pages = Arrays.stream(SiteSection.values())
                .flatMap(section -> map.pages(section).stream()).toList();
        final int at = pages.indexOf(page);
        final StringBuilder html = new StringBuilder("<nav class=\"way\" aria-label=\"before and after\">\n");
        if (at > 0) {
            html.append(link(page, pages.get(at - 1), "prev", "← "));
        }
        if (at + 1 < pages.size()) {
            html.append(link(page, pages.get(at + 1), "next", "→ "));
        }
        return html.append("</nav>\n").toString();
    }

    private static String link(final SitePage from, final SitePage to, final String relation, final String arrow) {
        return "<a rel=\"" + relation + "\" href=\"" + from.pathTo(to.target()) + "\">" + arrow + escaped(to.label())
                + "</a>\n";
    }

    static String escaped(final String text) {
        return StringEscapeUtils.escapeHtml4(text);
    }

    /** A file beside this class. */
    static String resource(final String name) {
        try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
