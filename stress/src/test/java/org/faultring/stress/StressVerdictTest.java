/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.vm.CompileMode;

/** What jcstress lets pass must not pass here. */
class StressVerdictTest {

    private static final StressCase CASE = StressCase.all().stream()
            .filter(c -> c.name().equals("CommitPoll/ONE_TO_ONE")).findFirst().orElseThrow();
    private static final StressCase OTHER = StressCase.all().stream()
            .filter(c -> c.name().equals("CommitPoll/MANY_TO_ONE")).findFirst().orElseThrow();

    private static Options options;

    @BeforeAll
    static void parseOptions() throws IOException {
        options = new Options(new String[] {"-m", "sanity"});
        assertTrue(options.parse());
    }

    private static TestConfig config(final StressCase stressCase) {
        return new TestConfig(options, stressCase.test(), 0, stressCase.jvmArgs(List.of()), CompileMode.UNIFIED, null);
    }

    private static TestResult result(final StressCase stressCase, final Status status) {
        final TestResult result = new TestResult(status);
        result.setConfig(config(stressCase));
        return result;
    }

    private static TestResult result(final StressCase stressCase, final String outcome, final int count) {
        final TestResult result = result(stressCase, Status.NORMAL);
        result.addState(outcome, count);
        return result;
    }

    private static List<String> problems(final List<TestConfig> planned, final TestResult... results) {
        return new StressVerdict(List.of(CASE), planned, List.of(results)).problems();
    }

    private static void assertOneProblem(final String expected, final List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("CommitPoll/ONE_TO_ONE: " + expected), problems::toString);
    }

    @Test
    void shouldAcceptWhatIsListed() {
        final StressVerdict verdict = new StressVerdict(List.of(CASE), List.of(config(CASE), config(CASE)),
                List.of(result(CASE, "0, 12", 3), result(CASE, "12, 0", 4)));
        assertEquals(List.of(), verdict.problems());
        assertEquals(List.of("ok     CommitPoll/ONE_TO_ONE  7 samples, 2 of 3 outcomes {0, 12=3, 12, 0=4}"),
                verdict.lines());
    }

    @Test
    void shouldRefuseAnOutcomeThatIsNotListed() {
        assertOneProblem("saw '2, 1' 1 times, which must not be seen",
                problems(List.of(config(CASE)), result(CASE, "2, 1", 1)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NORMAL")
    void shouldRefuseATestThatFailedOrWasSkipped(final Status status) {
        assertOneProblem(status.name(), problems(List.of(config(CASE)), result(CASE, status)));
    }

    @Test
    void shouldRefuseATestThatGaveNoSample() {
        assertOneProblem("ran without a sample", problems(List.of(config(CASE)), result(CASE, Status.NORMAL)));
    }

    @Test
    void shouldRefuseATestThatDidNotRun() {
        assertOneProblem("ran 0 times (expected: 1)", problems(List.of(config(CASE))));
    }

    @Test
    void shouldNotTakeTheSameTestOnAnotherRingForIt() {
        assertOneProblem("ran 0 times (expected: 1)",
                problems(List.of(config(CASE), config(OTHER)), result(OTHER, "0, 12", 1)));
    }

    @Test
    void shouldRefuseATestThatNoPlacementOfThreadsFits() {
        assertOneProblem("cannot run here", problems(List.of()));
    }
}
