/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A Markdown file: CommonMark with tables, headings that can be linked to as on GitHub. */
final class Markdown {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create())).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create())).build();

    private final Node document;
    private final List<SiteHeading> headings = new ArrayList<>();

    Markdown(final String text) {
        document = PARSER.parse(text);
        final IdGenerator ids = IdGenerator.builder().build();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(final Heading heading) {
                final String title = textOf(heading);
                headings.add(new SiteHeading(heading.getLevel(), title, ids.generateId(title)));
            }
        });
    }

    private static String textOf(final Node node) {
        final StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(final Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(final Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    /** What the first heading says. */
    String title() {
        return headings.isEmpty() ? "" : headings.get(0).title();
    }

    /** All headings, the title too. */
    List<SiteHeading> headings() {
        return headings;
    }

    /** Change every link. */
    Markdown withLinks(final UnaryOperator<String> href) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(final Link link) {
                link.setDestination(href.apply(link.getDestination()));
                visitChildren(link);
            }
        });
        return this;
    }

    /** Make links of code spans, where there is something to link to: null if there is not. */
    Markdown withCodeLinks(final UnaryOperator<String> href) {
        final List<Code> spans = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(final Code code) {
                spans.add(code);
            }

            @Override
            public void visit(final Link link) {
                // is one already
            }

            @Override
            public void visit(final Heading heading) {
                // stays as it is
            }
        });
        for (final Code span : spans) {
            final String destination = href.apply(span.getLiteral());
            if (destination != null) {
                final Link link = new Link(destination, null);
                span.insertBefore(link);
                link.appendChild(span);
            }
        }
        return this;
    }

    String html() {
        return RENDERER.render(document);
    }
}
