/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.lang.management.ManagementFactory;

/** Processor time of the whole process, threads of the JVM included. */
final class ProcessorTime {

    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProcessorTime() {}

    /** Used so far, ns. */
    static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
