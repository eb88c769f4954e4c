/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.util.regex.Pattern;

import org.apache.commons.text.StringEscapeUtils;

/** A file of program text, shown as a page: browsers would save it. */
final class CodePage {

    private static final Pattern CODE = Pattern.compile(".*\\.(java|c|h|yaml|xml|sh)");

    private CodePage() {}

    static boolean isCode(final String file) {
        return CODE.matcher(file).matches();
    }

    static String target(final String file) {
        return file + ".html";
    }

    static String html(final String name, final String text) {
        return "<h1>" + StringEscapeUtils.escapeHtml4(name) + "</h1>\n<pre><code>"
                + StringEscapeUtils.escapeHtml4(text) + "</code></pre>\n";
    }
}
