/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

/** Parts of the navigation, in order. */
enum SiteSection {

    USE("Use it"),
    MECHANISM("How it works"),
    REFERENCE("Reference"),
    RESULTS("Findings and results"),
    WORK("Work on it");

    private final String title;

    SiteSection(final String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
