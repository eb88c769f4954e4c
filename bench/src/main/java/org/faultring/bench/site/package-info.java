/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The documentation as a folder of pages that need no network: {@link org.faultring.bench.site.Site} makes it of the
 * project's Markdown files, results, examples and Javadoc.
 */
package org.faultring.bench.site;
