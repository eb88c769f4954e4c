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
class RingFieldsTest {

    @ParameterizedTest
    @ValueSource(classes = {OneToOneFaultRing.class, ManyToOneFaultRing.class, OneToOneDisruptorFaultRing.class,
        ManyToOneDisruptorFaultRing.class, OneToOneResponseRing.class})
    void shouldKeepTheFieldsOfEachSideApart(final Class<?> ring) throws ReflectiveOperationException {
        final List<FieldPlace> places = FieldPlace.used(ring);
        final Set<String> written = places.stream().map(FieldPlace::owner)
                .filter(owner -> owner.endsWith("Fields")).collect(Collectors.toSet());
        assertEquals(ring.getSimpleName().startsWith("ManyToOne") ? 1 : 2, written.size(), written.toString());
        for (final FieldPlace place : places) {
            for (final FieldPlace other : places) {
                assertTrue(
                        isReadOnly(place) && isReadOnly(other) || place.owner().equals(other.owner())
                                || place.distanceTo(other) >= RingMemory.PADDED_BYTES,
                        place + " and " + other);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OneToOneFaultRing.class, ManyToOneFaultRing.class, OneToOneDisruptorFaultRing.class,
        ManyToOneDisruptorFaultRing.class, OneToOneResponseRing.class})
    void shouldKeepTheObjectBeforeAway(final Class<?> ring) throws ReflectiveOperationException {
        for (final FieldPlace place : FieldPlace.used(ring)) {
            // What both sides only read may fill the gap in the object's header.
            assertTrue(isReadOnly(place) || place.start() >= RingMemory.PADDED_BYTES,
                    place.toString());
        }
    }

    /** Classes that end in Fields hold what one side writes, the others final fields. */
    private static boolean isReadOnly(final FieldPlace place) {
        return !place.owner().endsWith("Fields");
    }
}
