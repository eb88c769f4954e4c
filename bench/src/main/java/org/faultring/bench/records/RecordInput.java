/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

/** Takes lines and makes records of them. One thread. */
public interface RecordInput {

    /**
     * The next line.
     *
     * @param line without its end
     * @throws IllegalArgumentException with a sentence for the user, the number of the line in it, if it is bad
     */
    void line(String line);

    /**
     * There are no more lines.
     *
     * @throws IllegalArgumentException with a sentence for the user if something was only begun
     */
    void end();
}
