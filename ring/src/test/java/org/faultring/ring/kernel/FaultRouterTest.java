/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.faultring.ring.Allocations;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.FaultContainer.Levels;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultRouterTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int GUEST_PASID = 7;

    /** All ways to route. */
    private enum Form {
        PER_DOMAIN, PER_DEVICE, CONTAINER, TWO_OWNERS
    }

    private final Kernel kernel = new Kernel(64, 64, 3);
    private final List<PageResponder> responders = new ArrayList<>();
    private TwoOwnerRouter owners;

    private LinuxFaultObject object() {
        final LinuxFaultObject object = new LinuxFaultObject(64, 64);
        responders.add(kernel.responder(object.responses()));
        return object;
    }

    private ForwardingHop hop(final FaultSink second, final int capacity) {
        return new ForwardingHop(capacity, second, kernel.groups, kernel.port, kernel.stages, () -> 1L,
                kernel.tally());
    }

    private FaultRouter router(final Form form) {
        return switch (form) {
            case PER_DOMAIN -> FaultRouter.perDomain();
            case PER_DEVICE -> {
                final List<FaultObject> objects = List.of(object(), object(), object());
                yield FaultRouter.perDevice(objects::get);
            }
            case CONTAINER -> new FaultContainer(Levels.TWO, object());
            case TWO_OWNERS -> owners = new TwoOwnerRouter(second -> hop(second, 16));
        };
    }

    private FaultRoute attach(final FaultRouter router, final int device, final int pasid, final IommuDomain domain,
            final FaultObject own) {
        final FaultRoute route = router.route(device, domain, own);
        kernel.attachments.attach(device, pasid, route.domain());
        return route;
    }

    private void respond() {
        responders.forEach(PageResponder::doWork);
    }

    private static Set<LinuxFaultObject> objects(final FaultRoute... routes) {
        final Set<LinuxFaultObject> objects = new HashSet<>();
        for (final FaultRoute route : routes) {
            objects.add((LinuxFaultObject) route.object());
        }
        return objects;
    }

    @ParameterizedTest
    @EnumSource
    void shouldCarryTheDeviceInEveryForm(final Form form) {
        final FaultRouter router = router(form);
        final LinuxFaultObject own = object();
        final IommuDomain domain = IommuDomain.nested(own.sink());
        final FaultRoute first = attach(router, 0, GUEST_PASID, domain, own);
        final FaultRoute second = attach(router, 1, GUEST_PASID, domain, own);
        // Same PASID, same group index, at the same time.
        kernel.report(0, LAST | PASID, GUEST_PASID, 5, 0x1000);
        kernel.report(1, LAST | PASID, GUEST_PASID, 5, 0x2000);
        if (owners != null) {
            assertEquals(2, owners.doWork());
        }
        final Map<Integer, Long> addressOf = new HashMap<>();
        for (final LinuxFaultObject object : objects(first, second)) {
            final FileUser user = new FileUser(object);
            for (final FileUser.Group group : user.readGroups(16)) {
                final Fault fault = group.faults().get(0);
                assertNull(addressOf.put(fault.deviceId(), fault.address()), "a device twice");
                // Success to the one, Invalid to the other.
                assertEquals(8, user.write(group.cookie(), fault.deviceId() - 1));
            }
        }
        assertEquals(Map.of(1, 0x1000L, 2, 0x2000L), addressOf);
        respond();
        assertEquals(Set.of(new Answer(0, LAST | PASID, GUEST_PASID, 5, SUCCESS),
                new Answer(1, LAST | PASID, GUEST_PASID, 5, PageResponseFlyweight.INVALID)),
                Set.copyOf(kernel.port.answers()));
    }

    /** A user that knows faults by PASID and group index alone, as a form without the device would have it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PER_DEVICE")
    void shouldAliasWithoutTheDevice(final Form form) {
        final FaultRouter router = router(form);
        final LinuxFaultObject own = object();
        final IommuDomain domain = IommuDomain.nested(own.sink());
        attach(router, 0, GUEST_PASID, domain, own);
        attach(router, 1, GUEST_PASID, domain, own);
        kernel.report(0, LAST | PASID, GUEST_PASID, 5, 0x1000);
        kernel.report(1, LAST | PASID, GUEST_PASID, 5, 0x2000);
        if (owners != null) {
            owners.doWork();
        }
        final FileUser user = new FileUser(own);
        final Map<List<Integer>, Integer> byName = new HashMap<>();
        final Map<List<Integer>, Integer> byNameAndDevice = new HashMap<>();
        for (final FileUser.Group group : user.readGroups(16)) {
            final Fault fault = group.faults().get(0);
            byName.put(List.of(fault.pasid(), fault.groupIndex()), group.cookie());
            byNameAndDevice.put(List.of(fault.deviceId(), fault.pasid(), fault.groupIndex()), group.cookie());
        }
        assertEquals(1, byName.size(), "two faults, one name");
        assertEquals(2, byNameAndDevice.size());
        // Two devices' faults are resolved; the user answers each under its name, and so one of them twice.
        final int cookie = byName.get(List.of(GUEST_PASID, 5));
        assertEquals(8, user.write(cookie, SUCCESS));
        assertTrue(user.write(cookie, SUCCESS) < 0);
        respond();
        assertEquals(1, kernel.port.answers().size());
        assertEquals(1, kernel.groups.openGroups(), "a device waits for ever");
    }

    @Test
    void shouldGiveAPageTableItsOwnObjectForLife() {
        final FaultRouter router = FaultRouter.perDomain();
        final LinuxFaultObject own = object();
        final IommuDomain domain = IommuDomain.paging(own.sink());
        assertSame(domain, router.route(0, domain, own).domain());
        assertSame(domain, router.route(1, domain, own).domain());
        assertSame(own, router.route(2, domain, own).object());
    }

    @Test
    void shouldGiveEachDeviceItsQueueWhateverThePageTable() {
        final List<FaultObject> objects = List.of(object(), object(), object());
        final FaultRouter router = FaultRouter.perDevice(objects::get);
        final LinuxFaultObject own = object();
        final IommuDomain one = IommuDomain.paging(own.sink());
        final IommuDomain other = IommuDomain.nested(own.sink());
        assertSame(objects.get(0).sink(), router.route(0, one, own).domain().sink());
        assertSame(objects.get(0).sink(), router.route(0, other, own).domain().sink());
        assertSame(objects.get(1).sink(), router.route(1, one, own).domain().sink());
        assertEquals(IommuDomain.Kind.NESTED, router.route(0, other, own).domain().kind());
        assertSame(router.route(0, one, own), router.route(0, one, own), "the same page table is the same domain");
        assertFalse(router.route(0, one, own).domain() == router.route(0, other, own).domain());
    }

    @Test
    void shouldTakeOneDeviceAndNoFirstLevelWithOneLevel() {
        final LinuxFaultObject parent = object();
        final LinuxFaultObject child = object();
        final FaultContainer container = new FaultContainer(Levels.ONE, parent);
        final IommuDomain table = IommuDomain.paging(parent.sink());
        assertNull(container.route(0, IommuDomain.nested(child.sink()), child));
        assertEquals(0, container.devices());
        assertNotNull(container.route(0, table, parent));
        assertNotNull(container.route(0, table, parent), "the same device, another PASID");
        assertNull(container.route(1, table, parent));
        assertEquals(1, container.devices());
        container.remove(0);
        assertNotNull(container.route(1, table, parent));
    }

    @Test
    void shouldShareTwoLevelsWithAQueueForTheParentAndOneForEachFirstLevelTable() {
        final LinuxFaultObject parent = object();
        final LinuxFaultObject childA = object();
        final LinuxFaultObject childB = object();
        final FaultContainer container = new FaultContainer(Levels.TWO, parent);
        final IommuDomain table = IommuDomain.paging(parent.sink());
        final IommuDomain firstA = IommuDomain.nested(childA.sink());
        final IommuDomain firstB = IommuDomain.nested(childB.sink());
        for (int device = 0; device < 3; device++) {
            attach(container, device, AttachTable.NO_PASID, table, parent);
            attach(container, device, 1, firstA, childA);
        }
        attach(container, 2, 2, firstB, childB);
        assertEquals(3, container.devices());
        for (int device = 0; device < 3; device++) {
            kernel.report(device, LAST, 0, 1, 0);
            kernel.report(device, LAST | PASID, 1, 2, 0);
        }
        kernel.report(2, LAST | PASID, 2, 3, 0);
        assertEquals(List.of(1, 2, 3), deviceIds(parent));
        assertEquals(List.of(1, 2, 3), deviceIds(childA));
        assertEquals(List.of(3), deviceIds(childB));
    }

    private static List<Integer> deviceIds(final LinuxFaultObject object) {
        return new FileUser(object).readGroups(16).stream().map(group -> group.faults().get(0).deviceId()).toList();
    }

    @Test
    void shouldForwardWholeGroupsOnceEachInOrder() {
        final TwoOwnerRouter router = new TwoOwnerRouter(second -> hop(second, 16));
        final LinuxFaultObject own = object();
        attach(router, 0, AttachTable.NO_PASID, IommuDomain.paging(own.sink()), own);
        kernel.report(0, 0, 0, 1, 0x1000);
        kernel.report(0, LAST, 0, 1, 0x2000);
        kernel.report(0, LAST, 0, 2, 0x3000);
        assertEquals(0, own.wakes().get(), "the first owner has it");
        assertEquals(2, router.doWork());
        assertEquals(0, router.doWork());
        assertEquals(2, own.wakes().get());
        final List<FileUser.Group> groups = new FileUser(own).readGroups(16);
        assertEquals(List.of(2, 1), groups.stream().map(group -> group.faults().size()).toList());
        assertEquals(List.of(0x1000L, 0x2000L), groups.get(0).faults().stream().map(Fault::address).toList());
        assertEquals(2, kernel.count(Counter.GROUPS_FORWARDED));
        assertEquals(2, kernel.count(Counter.GROUPS_DELIVERED));
    }

    @Test
    void shouldCountEveryHopOfAChain() {
        final LinuxFaultObject own = object();
        final ForwardingHop inner = hop(own.sink(), 16);
        final ForwardingHop outer = hop(inner, 16);
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(outer));
        kernel.report(0, LAST, 0, 1, 0);
        outer.doWork();
        inner.doWork();
        assertEquals(1, new FileUser(own).readGroups(4).size());
        assertEquals(2, kernel.count(Counter.GROUPS_FORWARDED));
    }

    @Test
    void shouldWaitWithTheFirstOwnerWhileTheSecondHasNoRoom() {
        final LinuxFaultObject own = new LinuxFaultObject(2, 64);
        responders.add(kernel.responder(own.responses()));
        final TwoOwnerRouter router = new TwoOwnerRouter(second -> hop(second, 4));
        attach(router, 0, AttachTable.NO_PASID, IommuDomain.paging(own.sink()), own);
        for (int i = 0; i < 4; i++) {
            kernel.report(0, LAST, 0, i, 0);
        }
        assertEquals(2, router.doWork());
        for (int i = 4; i < 7; i++) {
            kernel.report(0, LAST, 0, i, 0);
        }
        // Two wait with the second owner, four with the first; the seventh is Linux's "no memory".
        assertEquals(List.of(new Answer(0, LAST, 0, 6, PageResponseFlyweight.FAILURE)), kernel.port.answers());
        final FileUser user = new FileUser(own);
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            user.readGroups(16).forEach(group -> order.add(group.faults().get(0).groupIndex()));
            router.doWork();
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5), order);
    }

    @Test
    void shouldAnswerFailureAGroupThatTheSecondOwnerCouldNeverHold() {
        final LinuxFaultObject own = new LinuxFaultObject(2, 64);
        final ForwardingHop hop = hop(own.sink(), 16);
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(hop));
        kernel.report(0, 0, 0, 1, 0);
        kernel.report(0, 0, 0, 1, 0);
        kernel.report(0, LAST, 0, 1, 0);
        kernel.report(0, LAST, 0, 2, 0);
        assertEquals(2, hop.doWork());
        assertEquals(List.of(new Answer(0, LAST, 0, 1, PageResponseFlyweight.FAILURE)), kernel.port.answers());
        assertEquals(1, new FileUser(own).readGroups(4).size());
        assertEquals(3, kernel.count(Counter.REFUSED));
    }

    /** Groups with either owner belong to the attachment that goes away; those of the other device stay. */
    @Test
    void shouldEmptyTheFirstOwnersQueuesInADetachmentThoughTheSecondIsDead() {
        final LinuxFaultObject own = new LinuxFaultObject(2, 64);
        responders.add(kernel.responder(own.responses()));
        final TwoOwnerRouter router = new TwoOwnerRouter(second -> hop(second, 4));
        final IommuDomain domain = IommuDomain.paging(own.sink());
        final AttachmentChange change = new AttachmentChange(kernel.attachments, kernel.reporter, DomainPort.WILLING,
                router.drain(DrainPort.NOTHING_QUEUED), kernel.tally());
        final FaultRoute route = attach(router, 0, AttachTable.NO_PASID, domain, own);
        attach(router, 1, AttachTable.NO_PASID, domain, own);
        kernel.report(1, LAST, 0, 9, 0);
        router.doWork();
        for (int i = 0; i < 4; i++) {
            kernel.report(0, LAST, 0, i, 0);
        }
        change.beginDetach(0, AttachTable.NO_PASID, route.object());
        int cycles = 0;
        while (!change.finish()) {
            assertTrue(++cycles < 20, "the detachment does not end");
            change.doWork();
            router.doWork();
            kernel.reporter.cycleEnded();
        }
        respond();
        assertEquals(List.of(new Answer(0, LAST, 0, 1, SUCCESS), new Answer(0, LAST, 0, 2, SUCCESS),
                new Answer(0, LAST, 0, 3, SUCCESS), new Answer(0, LAST, 0, 0, PageResponseFlyweight.INVALID)),
                kernel.port.answers());
        assertEquals(List.of(2), deviceIds(own));
    }

    @Test
    void shouldNameForwardedGroupsByTheSecondOwnersTable() {
        final BoundedFaultObject own = new BoundedFaultObject(BoundedLimits.of(16, 16)
                .withShare(new BoundedLimits.DeviceShare(2, Overload.ANSWER_INVALID)));
        final BoundedResponder responder = kernel.responder(own);
        final TwoOwnerRouter router = new TwoOwnerRouter(second -> hop(second, 16));
        final FaultRoute route = attach(router, 0, AttachTable.NO_PASID, IommuDomain.paging(own.sink()), own);
        for (int i = 0; i < 3; i++) {
            kernel.report(0, LAST, 0, i, 0);
        }
        assertEquals(List.of(new Answer(0, LAST, 0, 2, PageResponseFlyweight.INVALID)), kernel.port.answers(),
                "what waits with the first owner counts in the share");
        router.doWork();
        own.faults().poll(slot -> own.responses().offer(slot.cookie(), SUCCESS), 1);
        responder.doWork();
        assertEquals(new Answer(0, LAST, 0, 0, SUCCESS), kernel.port.answers().get(1));
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(1, own.groups().openGroups());
        own.autoRespond(kernel.attachments.find(0, AttachTable.NO_PASID));
        responder.doWork();
        assertEquals(0, own.groups().openGroups());
        assertSame(own, route.object());
    }

    @Test
    void shouldDropWhatARemovedDeviceLeftWithTheFirstOwner() {
        final SvaHandler sva = new SvaHandler(16, 1, 1, kernel.groups, kernel.port, kernel.stages, () -> 1L,
                kernel.tally());
        final ForwardingHop hop = hop(sva, 16);
        kernel.attachments.attach(0, 7, IommuDomain.paging(hop));
        kernel.report(0, LAST | PASID, 7, 1, 0);
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(1, hop.doWork());
        assertEquals(0, sva.doWork());
        assertTrue(sva.isFlushed());
        assertEquals(1, kernel.port.answers().size());
        assertEquals(0, kernel.count(Counter.GROUPS_FORWARDED));
    }

    @Test
    void shouldNotAllocate() {
        final LinuxFaultObject own = new LinuxFaultObject(64, 64);
        final PageResponder responder = new PageResponder(own.responses(), kernel.groups, new SilentPort(),
                kernel.stages, () -> 1L, kernel.tally());
        final ForwardingHop hop = hop(own.sink(), 16);
        final int attachment = kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(hop));
        Allocations.assertNone(2, () -> {
            kernel.report(0, 0, 0, 1, 0);
            kernel.report(0, LAST, 0, 1, 0);
            hop.doWork();
            own.autoRespond(attachment);
            responder.doWork();
        });
        assertEquals(0, kernel.groups.openGroups());
    }
}
