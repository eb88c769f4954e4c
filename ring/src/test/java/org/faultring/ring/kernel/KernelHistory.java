/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.RecordingPort.Answer;

/**
 * A random history of the whole layer, from report to answer over a {@link LinuxFaultObject}, beside the invariants of
 * Linux's written down with lists.
 */
final class KernelHistory {

    private static final int DEVICES = 3;
    private static final int GROUP_INDEXES = 5;
    private static final int RING = 16;
    private static final int GROUPS = 8;
    private static final int PARTIALS = 12;

    /** A group that was delivered, through an attachment. */
    private record Group(int device, int attachment, List<Fault> faults) {

        Answer answer(final int code) {
            final Fault last = faults.get(faults.size() - 1);
            return new Answer(device, last.flags(), last.pasid(), last.groupIndex(), code);
        }
    }

    private record Response(Group group, int code) {}

    /** What stands in the ring; a dead group has been answered there. */
    private record Delivered(Group group, boolean isDead) {}

    private final long seed;
    private final Random random;
    private final Kernel kernel = new Kernel(GROUPS, PARTIALS, DEVICES);
    private final LinuxFaultObject object = new LinuxFaultObject(RING, GROUPS);
    private final PageResponder responder = kernel.responder(object.responses());
    private final FileUser user = new FileUser(object);

    /** Waiting requests by device and group index. */
    private final Map<Integer, List<Fault>> partials = new HashMap<>();
    private int waiting;
    /** Number of the attachment by device and PASID, or nothing. */
    private final Map<Integer, Integer> attached = new HashMap<>();
    private final boolean[] isRemoved = new boolean[DEVICES];
    /** Delivered and not read. */
    private Deque<Delivered> delivered = new ArrayDeque<>();
    private int slots;
    /** Read and not answered, by cookie; and in the order of reading. */
    private final TreeMap<Integer, Group> outstanding = new TreeMap<>();
    private final List<Integer> readOrder = new ArrayList<>();
    /** Answered and not taken by the kernel. */
    private final Deque<Response> responses = new ArrayDeque<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Map<Counter, Long> counts = new HashMap<>();
    private long reported;
    private long openRequests;

    KernelHistory(final long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        for (int device = 0; device < DEVICES; device++) {
            attach(device, AttachTable.NO_PASID);
            attach(device, 1);
        }
    }

    void run(final int steps) {
        for (int step = 0; step < steps; step++) {
            try {
                step();
                checkState();
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed=" + seed + " step=" + step + ": " + e.getMessage(), e);
            }
        }
    }

    private void step() {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> report();
            case 5, 6 -> read();
            case 7, 8 -> write();
            case 9, 10 -> respond();
            case 11 -> {
                if (random.nextInt(2) == 0) {
                    changeAttachment(random.nextInt(DEVICES), random.nextInt(2));
                }
            }
            case 12 -> {
                if (random.nextInt(4) == 0) {
                    removeOrReturn(random.nextInt(DEVICES));
                }
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    discard();
                }
            }
        }
    }

    private void count(final Counter counter, final long delta) {
        counts.merge(counter, delta, Long::sum);
    }

    private void report() {
        final int device = random.nextInt(DEVICES);
        final int pasid = random.nextInt(8) == 0 ? 2 : random.nextInt(2);
        final boolean last = random.nextInt(3) == 0;
        final int flags = (pasid > 0 ? Kernel.PASID | random.nextInt(2) * 4 : 0) | (last ? Kernel.LAST : 0);
        final Fault fault = new Fault(flags, device + 1, pasid, random.nextInt(GROUP_INDEXES), random.nextInt(16),
                random.nextLong() & -4096L);
        kernel.port.room(1);
        final int result = kernel.reporter.report(device, flags, pasid, fault.groupIndex(), fault.permissions(),
                fault.address());
        reported++;
        final Integer attachment = attached.get(2 * device + pasid);
        final Group single = new Group(device, 0, List.of(fault));
        if (pasid == 2 || attachment == null || isRemoved[device]) {
            assertEquals(-Errno.EINVAL, result, "report without attachment");
            answers.add(single.answer(PageResponseFlyweight.INVALID));
            count(Counter.REFUSED, 1);
        } else if (last) {
            assertEquals(FaultReporter.OK, result, "report of a last request");
            close(device, attachment, fault);
        } else if (waiting == PARTIALS) {
            assertEquals(-Errno.ENOMEM, result, "report without memory");
            count(Counter.DROPPED_BY_KERNEL, 1);
        } else {
            assertEquals(FaultReporter.OK, result, "report of a partial");
            partials.computeIfAbsent(key(device, fault.groupIndex()), key -> new ArrayList<>()).add(fault);
            waiting++;
        }
    }

    private void close(final int device, final int attachment, final Fault last) {
        final List<Fault> faults = new ArrayList<>();
        final List<Fault> before = partials.remove(key(device, last.groupIndex()));
        if (before != null) {
            faults.addAll(before);
            waiting -= before.size();
        }
        faults.add(last);
        final Group group = new Group(device, attachment, faults);
        if (open() == GROUPS || slots + faults.size() > RING) {
            answers.add(group.answer(PageResponseFlyweight.FAILURE));
            count(Counter.REFUSED, faults.size());
        } else {
            delivered.add(new Delivered(group, false));
            slots += faults.size();
            openRequests += faults.size();
            count(Counter.GROUPS_DELIVERED, 1);
        }
    }

    private int open() {
        return (int) delivered.stream().filter(entry -> !entry.isDead).count() + outstanding.size() + responses.size();
    }

    private void attach(final int device, final int pasid) {
        attached.put(2 * device + pasid,
                kernel.attachments.attach(device, pasid, IommuDomain.paging(object.sink())));
    }

    private void changeAttachment(final int device, final int pasid) {
        final Integer old = attached.remove(2 * device + pasid);
        if (old == null) {
            assertEquals(AttachTable.NONE, kernel.attachments.detach(device, pasid), "detach of nothing");
            attach(device, pasid);
            return;
        }
        assertEquals(old, kernel.attachments.find(device, pasid), "attachment");
        if (random.nextBoolean()) {
            attached.put(2 * device + pasid,
                    kernel.attachments.replace(device, pasid, IommuDomain.paging(object.sink())));
        } else {
            assertEquals(old, kernel.attachments.detach(device, pasid), "detach");
        }
        autoRespond(old);
        kernel.attachments.release(old);
    }

    private void autoRespond(final int attachment) {
        int answered = 0;
        final Deque<Delivered> left = new ArrayDeque<>();
        for (final Delivered entry : delivered) {
            final boolean dies = !entry.isDead && entry.group.attachment == attachment;
            if (dies) {
                responses.add(new Response(entry.group, PageResponseFlyweight.INVALID));
                answered++;
            }
            left.add(new Delivered(entry.group, entry.isDead || dies));
        }
        delivered = left;
        takeDead();
        for (int i = readOrder.size() - 1; i >= 0; i--) {
            final Group group = outstanding.get(readOrder.get(i));
            if (group.attachment == attachment) {
                outstanding.remove(readOrder.remove(i));
                responses.add(new Response(group, PageResponseFlyweight.INVALID));
                answered++;
            }
        }
        assertEquals(answered, object.autoRespond(attachment), "groups answered for a detach");
    }

    private void takeDead() {
        while (!delivered.isEmpty() && delivered.getFirst().isDead) {
            slots -= delivered.remove().group.faults.size();
        }
    }

    private void removeOrReturn(final int device) {
        if (isRemoved[device]) {
            assertEquals(FaultReporter.OK, kernel.reporter.returnDevice(device), "return");
        } else {
            assertEquals(true, kernel.reporter.removeDevice(device), "removal");
            for (int groupIndex = 0; groupIndex < GROUP_INDEXES; groupIndex++) {
                final List<Fault> gone = partials.remove(key(device, groupIndex));
                if (gone != null) {
                    waiting -= gone.size();
                    count(Counter.DISCARDED, gone.size());
                }
            }
        }
        isRemoved[device] = !isRemoved[device];
    }

    private static int key(final int device, final int groupIndex) {
        return device * GROUP_INDEXES + groupIndex;
    }

    private void read() {
        final int records = random.nextInt(10);
        final List<FileUser.Group> expected = new ArrayList<>();
        int room = records;
        while (!delivered.isEmpty() && delivered.getFirst().group.faults.size() <= room) {
            final Group group = delivered.remove().group;
            int cookie = 1;
            while (outstanding.containsKey(cookie)) {
                cookie++;
            }
            outstanding.put(cookie, group);
            readOrder.add(cookie);
            room -= group.faults.size();
            slots -= group.faults.size();
            expected.add(new FileUser.Group(cookie, group.faults));
            takeDead();
        }
        if (expected.isEmpty() && !delivered.isEmpty()) {
            assertEquals(-Errno.EINVAL, user.read(records), "read of " + records);
        } else {
            assertEquals(expected, user.readGroups(records), "read of " + records);
        }
    }

    private void write() {
        final int count = 1 + random.nextInt(4);
        final int[] written = new int[2 * count];
        int good = 0;
        boolean bad = false;
        for (int i = 0; i < count; i++) {
            final int cookie = random.nextInt(GROUPS + 2);
            final int code = random.nextInt(6) == 0 ? PageResponseFlyweight.FAILURE : random.nextInt(2);
            written[2 * i] = cookie;
            written[2 * i + 1] = code;
            bad |= code == PageResponseFlyweight.FAILURE || !outstanding.containsKey(cookie);
            if (!bad) {
                responses.add(new Response(outstanding.remove(cookie), code));
                readOrder.remove((Integer) cookie);
                good++;
            }
        }
        assertEquals(good == 0 ? -Errno.EINVAL : good * FileUser.RESPONSE, user.write(written), "write");
    }

    private void respond() {
        final int room = random.nextInt(5);
        kernel.port.room(room);
        final int taken = Math.min(room, responses.size());
        assertEquals(taken, responder.doWork(), "answers taken");
        for (int i = 0; i < taken; i++) {
            final Response response = responses.remove();
            answers.add(response.group.answer(response.code));
            openRequests -= response.group.faults.size();
            count(Counter.ANSWERED, response.group.faults.size());
        }
    }

    private void discard() {
        kernel.reporter.discardPartials();
        count(Counter.DISCARDED, waiting);
        partials.clear();
        waiting = 0;
    }

    private void checkState() {
        assertEquals(answers, kernel.port.answers(), "answers to devices");
        answers.clear();
        kernel.port.forget();
        assertEquals(waiting, kernel.reporter.waitingRequests(), "waiting requests");
        assertEquals(open(), kernel.groups.openGroups(), "open groups");
        assertEquals(openRequests, kernel.groups.openRequests(), "open requests");
        assertEquals(delivered.isEmpty() ? FaultFile.WRITABLE : FaultFile.WRITABLE | FaultFile.READABLE,
                object.ready(), "ready");
        long ended = 0;
        for (final Counter counter : List.of(Counter.ANSWERED, Counter.REFUSED, Counter.DROPPED_BY_KERNEL,
                Counter.DISCARDED)) {
            final long counted = kernel.count(counter);
            assertEquals(counts.getOrDefault(counter, 0L), counted, counter.key());
            ended += counted;
        }
        assertEquals(reported, ended + waiting + openRequests, "requests that ended or are under way");
        assertEquals(counts.getOrDefault(Counter.GROUPS_DELIVERED, 0L), kernel.count(Counter.GROUPS_DELIVERED));
        assertEquals(kernel.count(Counter.GROUPS_DELIVERED), object.wakes().get(), "one wake-up for each group");
        assertEquals(0, kernel.count(Counter.RESPONSES_REFUSED));
    }
}
