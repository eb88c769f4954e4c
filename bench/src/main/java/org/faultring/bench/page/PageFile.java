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
import org.faultring.bench.result.Versions;

/** One file that needs no network: markup, style, charts, script, and the data as JSON. */
final class PageFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PageFile() {}

    /**
     * Put a page together.
     *
     * @param title   of the window
     * @param heading of the page
     * @param scripts names of what draws this kind of page
     * @param data    what it draws
     * @return the whole of the file
     */
    static String of(final String title, final String heading, final List<String> scripts,
            final Object data) {
        return read("report.html").replace("/*title*/", title).replace("/*heading*/", heading)
                .replace("/*style*/", read("report.css"))
                .replace("/*charts*/", charts())
                .replace("/*script*/", read("page.js") + String.join("", scripts.stream().map(PageFile::read).toList()))
                .replace("/*data*/", json(data));
    }

    /** Within a script element, so that no text of a result can end it. */
    private static String json(final Object data) {
        try {
            return JSON.writeValueAsString(data).replace("<", "\\u003c");
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String charts() {
        return read("/META-INF/resources/webjars/echarts/" + Versions.all().get("echarts") + "/echarts.min.js");
    }

    private static String read(final String name) {
        try (InputStream in = PageFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
