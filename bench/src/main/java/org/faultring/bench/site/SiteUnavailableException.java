/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

/** The site cannot be made here. The message is one sentence. */
public final class SiteUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SiteUnavailableException(final String message) {
        super(message);
    }
}
