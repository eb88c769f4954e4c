/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

/**
 * One thing about a machine.
 *
 * @param subject what was looked at
 * @param grade   what it means for measuring
 * @param found   what it is
 * @param advice  what to do, with the command; empty where there is nothing to do
 */
public record Finding(String subject, Grade grade, String found, String advice) {

    static Finding good(final String subject, final String found) {
        return new Finding(subject, Grade.GOOD, found, "");
    }

    static Finding note(final String subject, final String found, final String advice) {
        return new Finding(subject, Grade.NOTE, found, advice);
    }

    static Finding change(final String subject, final String found, final String advice) {
        return new Finding(subject, Grade.CHANGE, found, advice);
    }

    static Finding missing(final String subject, final String found, final String advice) {
        return new Finding(subject, Grade.MISSING, found, advice);
    }
}
