/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Name of a row.
 *
 * @param traffic  what goes over the ring
 * @param ring     which ring
 * @param producer language of the end that raises
 * @param consumer language of the end that sees
 */
@JsonPropertyOrder({"traffic", "ring", "producer", "consumer"})
public record LoadName(Traffic traffic, String ring, Language producer, Language consumer) {

    /** The ring that this is about. */
    public static final String OURS = "mapped";

    /**
     * The same with Java at both ends, which a row of ours is measured against.
     *
     * @return a row of ours
     */
    LoadName inJava() {
        return new LoadName(traffic, OURS, Language.JAVA, Language.JAVA);
    }

    @Override
    public String toString() {
        return traffic.label() + ", " + ring + ", " + producer.label() + " to " + consumer.label();
    }
}
