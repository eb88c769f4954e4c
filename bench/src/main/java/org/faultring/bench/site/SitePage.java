/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

/**
 * A page that is made of a Markdown file. Paths are relative, with slashes.
 *
 * @param source  file in the project
 * @param target  file in the site
 * @param label   name in the navigation
 * @param section where it stands there
 */
record SitePage(String source, String target, String label, SiteSection section) {

    /** Path from this page to a file of the site. */
    String pathTo(final String file) {
        return SitePath.between(target, file);
    }
}
