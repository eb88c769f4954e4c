/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.faultring.bench.rules.RingScript.Line;
import org.faultring.ring.file.FileShape.Opened;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One script of posts, faults and answers on the model's ring over the model's fault file, and on the running kernel's
 * over its own, where it has what that takes: the same completions in the same order, spurious ones too, and the same
 * wake-ups and hops to threads of the kernel. What the model does is told by the tests of {@code ModelIoRing}.
 */
class IoUringOnFaultFileTest extends RulesContract {

    /** 4080 bytes, whole records below a page. */
    private static final int PAGE_OF_RECORDS = 102;

    static Stream<Arguments> forms() {
        // What is registered is no other request to the kernel but for its buffer: seeds are enough.
        return all().filter(form -> form.get()[2] != RingMode.REGISTERED);
    }

    private static Stream<Arguments> all() {
        return Arrays.stream(RingForm.values())
                .flatMap(form -> Arrays.stream(Opened.values()).flatMap(opened -> Arrays.stream(RingMode.values())
                        .filter(mode -> !isRaced(form, opened, mode)).map(mode -> Arguments.of(form, opened, mode))));
    }

    /**
     * Where the submitter is told of completions as it enters, it and the thread of the kernel that did the write race
     * for who lets go of it last, and goes on with the read ({@code io_wq_free_work}, io_uring/io_uring.c).
     */
    private static boolean isRaced(final RingForm form, final Opened opened, final RingMode mode) {
        return form == RingForm.COMMIT_AND_FETCH && opened == Opened.BLOCKING && !mode.isAtOnce();
    }

    static LongStream seeds() {
        // Half as many as histories of calls: what is emulated is slow to come to rest.
        return CallHistoryTest.seeds().filter(seed -> seed % 2 == 0);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("forms")
    void shouldEndRequestsAsTheModelDoes(final RingForm form, final Opened opened, final RingMode mode) {
        compare(form, opened, mode, PAGE_OF_RECORDS, RingStep.usual());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldEndRandomRequestsAsTheModelDoes(final long seed) {
        final Random random = new Random(seed);
        final List<Arguments> all = all().toList();
        final Object[] one = all.get(random.nextInt(all.size())).get();
        compare((RingForm) one[0], (Opened) one[1], (RingMode) one[2],
                random.nextBoolean() ? PAGE_OF_RECORDS : 1 + random.nextInt(3), RingStep.random(random));
    }

    private void compare(final RingForm form, final Opened opened, final RingMode mode, final int recordsPerRead,
            final List<RingStep> steps) {
        final List<Line> expected = run(Implementation.MODEL, form, opened, mode, recordsPerRead, steps);
        final List<Line> lines = run(on, form, opened, mode, recordsPerRead, steps);
        for (int i = 0; i < steps.size(); i++) {
            final Line line = lines.get(i);
            final List<Line> before = expected.subList(0, i);
            final String where = form + " " + opened + " " + mode + " " + recordsPerRead + ", after " + before;
            assertEquals(expected.get(i).text(), line.text(), where);
            if (line.moves().isPresent()) {
                assertEquals(expected.get(i).moves(), line.moves(), () -> where + ", at " + line.text());
            }
        }
        assertEquals(steps.size(), lines.size());
    }

    private static List<Line> run(final Implementation on, final RingForm form, final Opened opened,
            final RingMode mode, final int recordsPerRead, final List<RingStep> steps) {
        try (Subject subject = on.open(opened);
                RingScript script = new RingScript(subject, form, mode, recordsPerRead)) {
            return script.run(steps);
        }
    }
}
