/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

/**
 * What an experiment says about a point.
 *
 * @param key      name, one word or two in camel case
 * @param currency what it is made of
 * @param unit     of the figure
 * @param meaning  from where to where, what is counted: a few words
 */
public record Measure(String key, Currency currency, String unit, String meaning) {

    static Measure events(final String key, final String unit, final String meaning) {
        return new Measure(key, Currency.EVENTS, unit, meaning);
    }

    static Measure virtual(final String key, final String unit, final String meaning) {
        return new Measure(key, Currency.VIRTUAL_TIME, unit, meaning);
    }
}
