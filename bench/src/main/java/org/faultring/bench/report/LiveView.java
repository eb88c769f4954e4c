/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import org.faultring.bench.live.LivePath.Look;

/** A look at a running path, for people and for programs. */
public final class LiveView {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LiveView() {}

    /**
     * Tables: what waits, and every counter that has counted something.
     *
     * @param look at the path
     * @return lines, the last one ended
     */
    public static String of(final Look look) {
        final List<Object[]> waiting = new ArrayList<>();
        look.waiting().forEach((consumer, count) -> waiting
                .add(new Object[] {consumer, grouped(count), grouped(look.mostSeen().get(consumer))}));
        final List<Object[]> counts = new ArrayList<>();
        look.counts().forEach((key, count) -> {
            if (count != 0) {
                counts.add(new Object[] {key, grouped(count), rate(look.perSecond(), key)});
            }
        });
        return lines(AsciiTable.getTable(AsciiTable.NO_BORDERS,
                new Column[] {left("waiting"), right("now"), right("most seen")}, waiting.toArray(new Object[0][])))
                + "\n"
                + lines(AsciiTable.getTable(AsciiTable.NO_BORDERS,
                        new Column[] {left("events"), right("count"), right("a host second")},
                        counts.toArray(new Object[0][])))
                + (look.isRunning() ? "" : "the process has ended\n");
    }

    private static String grouped(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String rate(final Map<String, Double> rates, final String key) {
        return rates.isEmpty() ? "" : String.format(Locale.ROOT, "%,.0f", rates.get(key));
    }

    private static Column left(final String title) {
        return new Column().header(title).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    private static Column right(final String title) {
        return new Column().header(title).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }

    private static String lines(final String table) {
        return table.lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * As JSON.
     *
     * @param look at the path
     * @return indented text
     */
    public static String json(final Look look) {
        try {
            return JSON.writeValueAsString(look);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
