/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * A jcstress test and what it runs on.
 *
 * @param test of jcstress
 * @param ring kind of ring, or null if the test is on something else
 */
public record StressCase(TestInfo test, RingKind ring) {

    /**
     * All that there is: each test on each kind of ring that it fits.
     *
     * @return sorted by test
     */
    public static List<StressCase> all() {
        final List<StressCase> cases = new ArrayList<>();
        for (final String name : new TreeSet<>(TestList.tests())) {
            final TestInfo test = TestList.getInfo(name);
            final Class<?> type = testClass(test);
            if (RingState.class.isAssignableFrom(type)) {
                for (final RingKind kind : RingKind.values()) {
                    if (kind.hasManyProducers() || !ManyProducersState.class.isAssignableFrom(type)) {
                        cases.add(new StressCase(test, kind));
                    }
                }
            } else {
                cases.add(new StressCase(test, null));
            }
        }
        return cases;
    }

    private static Class<?> testClass(final TestInfo test) {
        try {
            // Not initialized: that would make the rings of this virtual machine's kind.
            return Class.forName(test.binaryName(), false, StressCase.class.getClassLoader());
        } catch (final ClassNotFoundException e) {
            throw new IllegalStateException("test list without its classes", e);
        }
    }

    /**
     * Name to select it by.
     *
     * @return the test, a slash, the ring
     */
    public String name() {
        final String shortName = test.name().substring(test.name().lastIndexOf('.') + 1);
        return ring == null ? shortName : shortName + "/" + ring;
    }

    /** Arguments for the virtual machine that it runs in, behind those that jcstress tries. */
    List<String> jvmArgs(final List<String> tried) {
        final List<String> args = new ArrayList<>(tried);
        args.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        if (ring != null) {
            args.add(ringArg());
        }
        return args;
    }

    private String ringArg() {
        return "-D" + RingKind.PROPERTY + "=" + ring;
    }

    boolean isFor(final TestConfig config) {
        return config.name.equals(test.name()) && (ring == null || config.jvmArgs.contains(ringArg()));
    }
}
