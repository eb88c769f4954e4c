/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConservationTest {

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();

    private void count(final Counter counter, final long delta) {
        tally.add(counter, delta);
        tally.publish();
    }

    /** Books that add up. */
    @BeforeEach
    void fill() {
        count(Counter.FAULTS_RAISED, 100);
        count(Counter.RETRIES, 36);
        count(Counter.REQUESTS, 136);
        count(Counter.ANSWERED, 70);
        count(Counter.AUTO_ANSWERED, 30);
        count(Counter.DROPPED_IN_OVERFLOW, 20);
        count(Counter.DROPPED_BY_KERNEL, 5);
        count(Counter.DISCARDED, 7);
        count(Counter.REFUSED, 4);
        count(Counter.CREDITS_RETURNED, 136);
        count(Counter.FAULTS_RESOLVED, 90);
        count(Counter.FAULTS_FAILED, 10);
    }

    @Test
    void shouldHoldWhereEverythingAddsUp() {
        final Conservation books = Conservation.of(counters, 0, 0);
        assertEquals(new Conservation(100, 136, 36, 70, 30, 25, 7, 4, 0, List.of()), books);
        assertTrue(books.holds());
        assertSame(books, books.orThrow());
    }

    @Test
    void shouldRefuseToBeUsedWhereSomethingDoesNotAddUp() {
        count(Counter.ANSWERED, -1);
        final Conservation books = Conservation.of(counters, 0, 0);
        final String message = assertThrows(IllegalStateException.class, books::orThrow).getMessage();
        assertEquals("the books do not balance: requests=136 but answered + autoAnswered + droppedSilently + discarded"
                + " + refused + unanswered=135", message);
    }

    @Test
    void shouldHoldForAPathOnWhichNothingHappened() {
        assertEquals(new Conservation(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()), Conservation.of(new Counters(), 0, 0));
    }

    @Test
    void shouldCountWhatIsUnderWayAsUnanswered() {
        count(Counter.FAULTS_RAISED, 9);
        count(Counter.REQUESTS, 9);
        final Conservation books = Conservation.of(counters, 9, 9);
        assertEquals(9, books.unanswered());
        assertEquals(List.of(), books.violations());
    }

    @Test
    void shouldCountWhatWillNeverBeAnsweredAsUnanswered() {
        count(Counter.FAULTS_RAISED, 5);
        count(Counter.REQUESTS, 5);
        count(Counter.UNANSWERED, 2);
        final Conservation books = Conservation.of(counters, 3, 5);
        assertEquals(5, books.unanswered());
        assertEquals(List.of(), books.violations());
    }

    @Test
    void shouldHoldWhereADeviceGaveRequestsUp() {
        count(Counter.FAULTS_RAISED, 4);
        count(Counter.REQUESTS, 4);
        count(Counter.UNANSWERED, 4);
        count(Counter.GIVEN_UP, 4);
        count(Counter.FAULTS_FAILED, 4);
        assertEquals(List.of(), Conservation.of(counters, 0, 0).violations());
    }

    @Test
    void shouldHoldWhereAStopMarkerWasTakenForARequest() {
        count(Counter.STOP_MARKERS_REPORTED, 1);
        count(Counter.ANSWERED, 1);
        assertEquals(List.of(), Conservation.of(counters, 0, 0).violations());
    }

    @Test
    void shouldNotAskWhatBecameOfFaultsThatAreUnderWay() {
        count(Counter.FAULTS_RAISED, 1);
        count(Counter.REQUESTS, 1);
        count(Counter.ANSWERED, 1);
        // The answer is on its way to the device.
        assertTrue(Conservation.of(counters, 0, 1).holds());
    }

    @Test
    void shouldSeeARequestThatIsNeitherFaultNorRetry() {
        count(Counter.REQUESTS, 1);
        count(Counter.ANSWERED, 1);
        count(Counter.CREDITS_RETURNED, 1);
        assertEquals(List.of("requests=137 but faultsRaised + retries=136"),
                Conservation.of(counters, 0, 0).violations());
    }

    @ParameterizedTest
    @EnumSource(value = Counter.class, names = {"ANSWERED", "AUTO_ANSWERED", "DROPPED_IN_OVERFLOW",
        "DROPPED_BY_KERNEL", "DISCARDED", "REFUSED"})
    void shouldSeeARequestThatEndedTwice(final Counter counter) {
        count(counter, 1);
        final Conservation books = Conservation.of(counters, 0, 0);
        assertFalse(books.holds());
        assertEquals(List.of("requests=136 but answered + autoAnswered + droppedSilently + discarded + refused"
                + " + unanswered=137"), books.violations());
    }

    @Test
    void shouldSeeARequestThatGotLost() {
        count(Counter.ANSWERED, -1);
        assertEquals(List.of("requests=136 but answered + autoAnswered + droppedSilently + discarded + refused"
                + " + unanswered=135"), Conservation.of(counters, 0, 0).violations());
    }

    @Test
    void shouldSeeACreditThatGotLost() {
        count(Counter.CREDITS_RETURNED, -1);
        assertEquals(List.of("requests=136 but creditsReturned + givenUp + outstanding at the device=135"),
                Conservation.of(counters, 0, 0).violations());
    }

    @Test
    void shouldSeeAFaultThatGotLost() {
        count(Counter.FAULTS_FAILED, -1);
        assertEquals(List.of("faultsRaised=100 but faultsResolved + faultsFailed=99"),
                Conservation.of(counters, 0, 0).violations());
    }

    @Test
    void shouldReportEachViolation() {
        count(Counter.REQUESTS, 1);
        count(Counter.FAULTS_RESOLVED, 1);
        assertEquals(List.of("requests=137 but faultsRaised + retries=136",
                "requests=137 but answered + autoAnswered + droppedSilently + discarded + refused + unanswered=136",
                "requests=137 but creditsReturned + givenUp + outstanding at the device=136",
                "faultsRaised=100 but faultsResolved + faultsFailed=101"),
                Conservation.of(counters, 0, 0).violations());
    }
}
