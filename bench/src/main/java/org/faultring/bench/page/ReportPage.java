/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.result.Versions;

/** {@code report.html}: one file that needs no network. */
public final class ReportPage {

    /** Usual name of the file. */
    public static final String NAME = "report.html";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportPage() {}

    /**
     * Make the page.
     *
     * @param runs at least one, all on one kind of machine
     * @return the whole of the file
     * @throws IllegalArgumentException if the runs are of different kinds of machine
     */
    public static String of(final List<DeliveryResult> runs) {
        final PageData data = new PageBuilder(new MergedRuns(runs)).build();
        return resource("report.html").replace("/*style*/", resource("report.css"))
                .replace("/*charts*/", charts())
                .replace("/*script*/", resource("report.js"))
                .replace("/*data*/", json(data));
    }

    /** Within a script element, so that no text of a result can end it. */
    private static String json(final PageData data) {
        try {
            return JSON.writeValueAsString(data).replace("<", "\\u003c");
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String charts() {
        return read("/META-INF/resources/webjars/echarts/" + Versions.all().get("echarts") + "/echarts.min.js");
    }

    private static String resource(final String name) {
        return read(name);
    }

    private static String read(final String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
