/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import org.faultring.bench.linux.IommuAvailability;
import org.faultring.ring.file.FileShape.Opened;

/** What the rules are tried on. */
enum Implementation {
    /** The model. */
    MODEL {
        @Override
        IommuAvailability availability() {
            return new IommuAvailability(true, "there is always the model.");
        }

        @Override
        Subject open(final Opened opened) {
            return new ModelSubject(opened);
        }
    },
    /** The running kernel. */
    LINUX {
        @Override
        IommuAvailability availability() {
            return Running.KERNEL;
        }

        @Override
        Subject open(final Opened opened) {
            return new LinuxSubject(opened);
        }
    };

    /** System property with the one to try, where it is not all. */
    static final String PROPERTY = "faultring.rules.on";

    /** Looked at once. */
    private static final class Running {
        static final IommuAvailability KERNEL = IommuAvailability.find();
    }

    /** Those to try. */
    static Stream<Implementation> chosen() {
        final String only = System.getProperty(PROPERTY);
        return Arrays.stream(values()).filter(on -> only == null || on.toString().equals(only));
    }

    abstract IommuAvailability availability();

    /** With fault files that are used in a completion ring as if they were opened so. */
    abstract Subject open(Opened opened);

    final Subject open() {
        return open(Opened.BLOCKING);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
