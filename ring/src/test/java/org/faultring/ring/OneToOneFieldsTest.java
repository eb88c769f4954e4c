/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The producer's, the consumer's and the shared fields of a ring are two cache lines apart in this JVM. */
class OneToOneFieldsTest {

    @ParameterizedTest
    @ValueSource(classes = {OneToOneFaultRing.class, OneToOneResponseRing.class})
    void shouldKeepTheFieldsOfEachSideApart(final Class<?> ring) throws ReflectiveOperationException {
        final List<FieldPlace> places = FieldPlace.used(ring);
        assertEquals(Set.of(ring.getSimpleName(), "OneToOneConsumerFields", "OneToOneProducerFields"),
                places.stream().map(FieldPlace::owner).collect(Collectors.toSet()));
        for (final FieldPlace place : places) {
            for (final FieldPlace other : places) {
                assertTrue(place.owner().equals(other.owner()) || place.distanceTo(other) >= RingMemory.PADDED_BYTES,
                        place + " and " + other);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OneToOneFaultRing.class, OneToOneResponseRing.class})
    void shouldKeepTheObjectBeforeAway(final Class<?> ring) throws ReflectiveOperationException {
        for (final FieldPlace place : FieldPlace.used(ring)) {
            // What both sides only read may fill the gap in the object's header.
            assertTrue(place.owner().equals(ring.getSimpleName()) || place.start() >= RingMemory.PADDED_BYTES,
                    place.toString());
        }
    }
}
