/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

/**
 * A heading of a page.
 *
 * @param level  1..6
 * @param title  its text
 * @param anchor its id
 */
record SiteHeading(int level, String title, String anchor) {}
