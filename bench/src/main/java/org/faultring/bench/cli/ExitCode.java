/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

/** What the process says to a script. */
public final class ExitCode {

    /** All is well. */
    public static final int OK = 0;
    /** The result is wrong: requests were not conserved, or the path stood still. */
    public static final int WRONG_RESULT = 1;
    /** An argument or an input is bad. */
    public static final int BAD_INPUT = 2;
    /** It cannot be run here, or what it prints cannot be written. */
    public static final int CANNOT_RUN = 3;
    /** Something has become slower than in the run it was compared with. */
    public static final int REGRESSION = 4;

    private ExitCode() {}
}
