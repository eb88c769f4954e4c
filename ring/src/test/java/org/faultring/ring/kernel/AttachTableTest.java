/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import org.faultring.ring.Allocations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachTableTest {

    private static final int MAX_PASID = (1 << 20) - 1;

    private final AttachTable table = new AttachTable();
    private final RingSink sink = new RingSink(1);
    private final IommuDomain domain = IommuDomain.paging(sink);

    @Test
    void shouldFindNothingWhereNothingIsAttached() {
        assertEquals(AttachTable.NONE, table.find(0, AttachTable.NO_PASID));
        assertEquals(AttachTable.NONE, table.find(1023, MAX_PASID));
        table.attach(3, 4, domain);
        assertEquals(AttachTable.NONE, table.find(3, AttachTable.NO_PASID));
        assertEquals(AttachTable.NONE, table.find(3, 5));
        assertEquals(AttachTable.NONE, table.find(4, 4));
        assertEquals(AttachTable.NONE, table.find(2, 4));
    }

    @Test
    void shouldFindADeviceAndItsPasidsApart() {
        final RingSink otherSink = new RingSink(1);
        final IommuDomain other = IommuDomain.paging(otherSink);
        final int device = table.attach(0, AttachTable.NO_PASID, domain);
        final int first = table.attach(0, 1, other);
        final int last = table.attach(0, MAX_PASID, domain);
        final int next = table.attach(1, AttachTable.NO_PASID, other);
        assertEquals(device, table.find(0, AttachTable.NO_PASID));
        assertEquals(first, table.find(0, 1));
        assertEquals(last, table.find(0, MAX_PASID));
        assertEquals(next, table.find(1, AttachTable.NO_PASID));
        assertSame(domain, table.domain(device));
        assertSame(other, table.domain(first));
        assertSame(domain, table.domain(last));
        assertSame(other, table.domain(next));
    }

    @Test
    void shouldFindAnAttachmentMadeAfterAFailedLook() {
        for (int pasid = 0; pasid < 100; pasid++) {
            assertEquals(AttachTable.NONE, table.find(0, pasid));
            final int number = table.attach(0, pasid, domain);
            assertEquals(number, table.find(0, pasid));
            assertEquals(number, table.find(0, pasid));
        }
    }

    @Test
    void shouldKeep65536Attachments() {
        final Set<Integer> numbers = new HashSet<>();
        for (int device = 0; device < 1024; device++) {
            for (int i = 0; i < 64; i++) {
                assertTrue(numbers.add(table.attach(device, i * 16_000, domain)));
            }
        }
        for (int i = 63; i >= 0; i--) {
            for (int device = 0; device < 1024; device++) {
                final int number = table.find(device, i * 16_000);
                assertTrue(numbers.remove(number));
                assertSame(domain, table.domain(number));
                assertEquals(AttachTable.NONE, table.find(device, i * 16_000 + 1));
            }
        }
        assertTrue(numbers.isEmpty());
    }

    @Test
    void shouldRefuseASecondAttachment() {
        table.attach(7, 9, domain);
        table.attach(7, 0, domain);
        assertEquals("device=7 pasid=9 is attached already", assertThrows(IllegalStateException.class,
                () -> table.attach(7, 9, domain)).getMessage());
        assertEquals("device=7 pasid=0 is attached already", assertThrows(IllegalStateException.class,
                () -> table.attach(7, 0, domain)).getMessage());
        assertSame(domain, table.domain(table.find(7, 9)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseAPasidOutOfRange(final int pasid) {
        assertEquals("pasid=" + pasid + " (expected: 0..1048575)", assertThrows(IllegalArgumentException.class,
                () -> table.attach(0, pasid, domain)).getMessage());
    }

    @Test
    void shouldRefuseANegativeDevice() {
        assertEquals("device=-1 (expected: 0..16777215)", assertThrows(IllegalArgumentException.class,
                () -> table.attach(-1, 0, domain)).getMessage());
    }

    @Test
    void shouldFindTheNewAttachmentAfterAReplace() {
        final int old = table.attach(3, 4, domain);
        final IommuDomain other = IommuDomain.nested(sink);
        final int replaced = table.replace(3, 4, other);
        assertNotEquals(old, replaced);
        assertEquals(replaced, table.find(3, 4));
        assertSame(other, table.domain(replaced));
        // What came through the old one is still known to have.
        assertSame(domain, table.domain(old));
    }

    @Test
    void shouldReplaceNothingWhereNothingIsAttached() {
        table.attach(3, 4, domain);
        assertEquals(AttachTable.NONE, table.replace(3, 5, domain));
        assertEquals(AttachTable.NONE, table.find(3, 5));
        assertEquals(0, table.handlers(5));
    }

    @Test
    void shouldFindNothingAfterADetach() {
        final int number = table.attach(3, 4, domain);
        final int neighbour = table.attach(3, 5, domain);
        assertEquals(number, table.find(3, 4));
        assertEquals(number, table.detach(3, 4));
        assertEquals(AttachTable.NONE, table.find(3, 4));
        assertEquals(neighbour, table.find(3, 5));
        assertEquals(AttachTable.NONE, table.detach(3, 4));
        final int again = table.attach(3, 4, domain);
        assertNotEquals(number, again);
        assertEquals(again, table.find(3, 4));
    }

    @Test
    void shouldGiveANumberAgainOnlyAfterItsRelease() {
        final Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertTrue(numbers.add(table.attach(0, 1, domain)));
            table.detach(0, 1);
        }
        table.release(7);
        assertEquals(7, table.attach(0, 1, domain));
        assertEquals(20, table.replace(0, 1, domain));
        table.release(7);
        table.release(3);
        assertEquals(Set.of(3, 7), Set.of(table.attach(0, 2, domain), table.attach(0, 3, domain)));
    }

    @Test
    void shouldFallBackToANestedDomainOfTheDeviceOnly() {
        assertEquals(AttachTable.NONE, table.findNested(1));
        table.attach(1, 5, IommuDomain.nested(sink));
        assertEquals(AttachTable.NONE, table.findNested(1));
        table.attach(1, AttachTable.NO_PASID, domain);
        assertEquals(AttachTable.NONE, table.findNested(1));
        final int nested = table.replace(1, AttachTable.NO_PASID, IommuDomain.nested(sink));
        assertEquals(nested, table.findNested(1));
        assertEquals(AttachTable.NONE, table.findNested(2));
        table.detach(1, AttachTable.NO_PASID);
        assertEquals(AttachTable.NONE, table.findNested(1));
    }

    @Test
    void shouldCountTheAttachmentsThatHandleFaults() {
        final IommuDomain silent = IommuDomain.paging(null);
        assertEquals(0, table.handlers(2));
        table.attach(2, 0, domain);
        table.attach(2, 1, silent);
        table.attach(2, 2, domain);
        table.attach(30, 0, domain);
        assertEquals(2, table.handlers(2));
        table.replace(2, 1, domain);
        assertEquals(3, table.handlers(2));
        table.replace(2, 0, silent);
        table.replace(2, 2, domain);
        assertEquals(2, table.handlers(2));
        table.detach(2, 0);
        table.detach(2, 1);
        assertEquals(1, table.handlers(2));
        table.detach(2, 2);
        table.detach(2, 2);
        assertEquals(0, table.handlers(2));
        assertEquals(1, table.handlers(30));
        assertEquals(0, table.handlers(1 << 20));
    }

    @Test
    void shouldKnowTheDeviceThatMadeAnAttachmentAndItsSink() {
        table.attach(3, 0, domain);
        table.attach(3, 1, IommuDomain.paging(null), 77);
        table.find(3, 0);
        assertEquals(4, table.foundDeviceId());
        assertSame(sink, table.foundSink());
        assertSame(sink.ring(), table.foundRing());
        table.find(3, 1);
        assertEquals(77, table.foundDeviceId());
        assertNull(table.foundSink());
        assertNull(table.foundRing());
        table.replace(3, 1, domain);
        table.find(3, 1);
        assertEquals(77, table.foundDeviceId());
        assertSame(sink, table.foundSink());
        table.find(3, 2);
        assertNull(table.foundSink());
        for (int i = 0; i < 100; i++) {
            final RingSink other = new RingSink(1);
            table.attach(4, i, IommuDomain.paging(other));
            table.find(4, i);
            assertSame(other, table.foundSink());
            assertSame(other.ring(), table.foundRing());
        }
        table.find(3, 0);
        assertSame(sink, table.foundSink());
    }

    @Test
    void shouldTellEachSinkOnceThatTheCycleEnded() {
        final RingSink otherSink = new RingSink(1);
        final IommuDomain other = IommuDomain.paging(otherSink);
        for (int pasid = 0; pasid < 10; pasid++) {
            table.attach(0, pasid, domain);
        }
        table.attach(1, 0, other);
        table.cycleEnded();
        assertEquals(1, sink.cycles());
        assertEquals(1, otherSink.cycles());
    }

    @Test
    void shouldForgetASinkWithItsLastAttachment() {
        final int first = table.attach(0, 1, domain);
        final int second = table.attach(0, 2, IommuDomain.nested(sink));
        final RingSink otherSink = new RingSink(1);
        table.attach(0, 3, IommuDomain.paging(otherSink));
        table.detach(0, 1);
        table.release(first);
        table.cycleEnded();
        assertEquals(1, sink.cycles());
        // Its groups may be unanswered until the number is given back.
        table.detach(0, 2);
        table.cycleEnded();
        assertEquals(2, sink.cycles());
        table.release(second);
        table.cycleEnded();
        assertEquals(2, sink.cycles());
        assertEquals(3, otherSink.cycles());
        table.attach(0, 2, domain);
        table.find(0, 2);
        assertSame(sink, table.foundSink());
        table.cycleEnded();
        assertEquals(3, sink.cycles());
    }

    @Test
    void shouldKeepNoSinkOfChangesThatAreOver() {
        final RingSink[] sinks = new RingSink[1_000];
        for (int i = 0; i < sinks.length; i++) {
            sinks[i] = new RingSink(1);
            final IommuDomain next = IommuDomain.paging(sinks[i]);
            if (i == 0) {
                table.attach(0, 0, next);
            } else {
                final int old = table.find(0, 0);
                table.replace(0, 0, next);
                table.release(old);
            }
            table.find(0, 0);
            assertSame(sinks[i], table.foundSink());
            assertSame(sinks[i].ring(), table.foundRing());
            table.cycleEnded();
        }
        for (final RingSink each : sinks) {
            assertEquals(1, each.cycles());
        }
    }

    @Test
    void shouldLookUpWithoutAllocating() {
        for (int pasid = 0; pasid < 100; pasid++) {
            table.attach(pasid & 3, pasid, domain);
        }
        Allocations.assertNone(200, () -> {
            for (int pasid = 0; pasid < 200; pasid++) {
                table.find(pasid & 3, pasid);
            }
        });
    }
}
