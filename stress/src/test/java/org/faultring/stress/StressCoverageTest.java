/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** No ring without stress tests, no stress test that jcstress would not run. */
class StressCoverageTest {

    /** What two threads use at once, by the names of our field. */
    private static final Pattern CONCURRENT = Pattern.compile(".*(Ring|Queue|Latch)");

    /** Classes of such a name that one thread uses, or whose rings are tested as what they are. */
    private static final Set<String> OF_ONE_THREAD = Set.of(
            // A file with a OneToOneFaultRing and a OneToOneResponseRing.
            "org.faultring.ring.MappedRing",
            // The submitter's and its io-wq's thread are one, see IoWorkers.
            "org.faultring.ring.kernel.ModelIoRing", "org.faultring.ring.kernel.SubmissionQueue",
            "org.faultring.ring.kernel.CompletionQueue", "org.faultring.ring.kernel.IoRequestQueue");

    @Test
    void shouldTestEveryRingClass() throws Exception {
        final Set<Class<?>> tested = new HashSet<>();
        for (final StressCase stressCase : StressCase.all()) {
            tested.add(stressCase.ring() != null ? classOf(stressCase.ring())
                    : type(stressCase.test()).getAnnotation(Subject.class).value());
        }
        final Set<String> untested = ringClasses().filter(c -> !tested.contains(c)).map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), untested, "add a constant to RingKind, or tests with that @Subject");
    }

    @Test
    void shouldFindTheRingClasses() throws Exception {
        final Set<Class<?>> found = ringClasses().collect(Collectors.toSet());
        for (final RingKind kind : RingKind.values()) {
            assertTrue(found.contains(classOf(kind)), () -> kind + " in " + found);
        }
        assertTrue(found.contains(OneToOneResponseRing.class), found::toString);
    }

    private static Stream<Class<?>> ringClasses() throws IOException, URISyntaxException {
        return ClassPath.classesBeside(FaultRing.class).stream()
                .filter(c -> !c.isInterface() && !Modifier.isAbstract(c.getModifiers()))
                .filter(c -> FaultRing.class.isAssignableFrom(c) || CONCURRENT.matcher(c.getSimpleName()).matches())
                .filter(c -> !OF_ONE_THREAD.contains(c.getName()));
    }

    private static Class<?> classOf(final RingKind kind) {
        return kind.create(1, 0).first.ring().getClass();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveBothThreadsTheSameEmptyRing(final RingKind kind) {
        final long start = (1L << 32) - 2;
        final RingEnds ends = kind.create(4, start).begin();
        assertSame(ends.first.ring().getClass(), ends.second.ring().getClass());
        assertEquals(4, ends.second.ring().capacity());
        assertEquals(start, ends.first.ring().producerPosition());
        assertEquals(start, ends.second.ring().consumerPosition());
        assertEquals(1, ends.first.publish(1, 3));
        assertEquals(123, ends.second.poll(RingEnd.ALL));
        assertEquals(start + 3, ends.first.ring().consumerPosition());
    }

    @ParameterizedTest
    @EnumSource
    void shouldRunEveryPairOnEveryKind(final RingKind kind) {
        final Set<String> expected = TestList.tests().stream().map(StressCoverageTest::typeOf)
                .filter(RingState.class::isAssignableFrom)
                .filter(c -> kind.hasManyProducers() || !ManyProducersState.class.isAssignableFrom(c))
                .map(c -> c.getSimpleName() + "/" + kind).collect(Collectors.toSet());
        assertFalse(expected.isEmpty());
        assertEquals(expected, StressCase.all().stream().filter(c -> c.ring() == kind).map(StressCase::name)
                .collect(Collectors.toSet()));
    }

    @Test
    void shouldListEveryTestClass() throws Exception {
        final List<String> annotated = ClassPath.classesBeside(StressMain.class).stream()
                .filter(c -> c.isAnnotationPresent(JCStressTest.class)).map(Class::getCanonicalName).toList();
        assertFalse(annotated.isEmpty());
        assertEquals(new TreeSet<>(annotated), new TreeSet<>(TestList.tests()));
    }

    @Test
    void shouldRunEveryListedTest() {
        assertEquals(new TreeSet<>(TestList.tests()),
                StressCase.all().stream().map(c -> c.test().name()).collect(Collectors.toCollection(TreeSet::new)));
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveTwoActorsAnArbiterAndWordsForWhatIsAcceptable() {
        return TestList.tests().stream().sorted().map(name -> DynamicTest.dynamicTest(name, () -> {
            final TestInfo test = TestList.getInfo(name);
            assertEquals(2, test.threads(), "actors; more never run on two processors");
            assertEquals(1, Arrays.stream(type(test).getMethods())
                    .filter(m -> m.isAnnotationPresent(Arbiter.class)).count(), "arbiters");
            assertFalse(test.description().isBlank(), "description");
            assertFalse(test.cases().isEmpty(), "outcomes");
            for (final StateCase outcome : test.cases()) {
                assertEquals(Expect.ACCEPTABLE, outcome.expect(), outcome::matchPattern);
                assertFalse(outcome.description().isBlank(), outcome::matchPattern);
            }
            assertEquals(Expect.FORBIDDEN, test.unmatched().expect(), "what is not listed");
        }));
    }

    private static Class<?> typeOf(final String name) {
        try {
            return type(TestList.getInfo(name));
        } catch (final ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> type(final TestInfo test) throws ClassNotFoundException {
        return Class.forName(test.binaryName(), false, StressCoverageTest.class.getClassLoader());
    }
}
