/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.VirtualEventQueue;
import org.faultring.ring.kernel.VirtualEventType;
import org.faultring.ring.kernel.VirtualIommu;

/** A queue of events with one reader, in virtual time: the reader sleeps when there is nothing, and pays for it. */
final class EventTraffic {

    private static final VirtualEventType TYPE = VirtualEventType.FAULT_RING_VTD;
    private static final int EVENT_BYTES = EventHeaderFlyweight.LENGTH_BYTES + TYPE.payloadBytes();

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final VirtualIommu iommu = new VirtualIommu(tally);
    private final VirtualEventQueue queue;
    private final ByteBuffer event = ByteBuffer.allocateDirect(TYPE.payloadBytes()).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer read;
    private final int readBuffer;
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();
    private final CostProfile profile;
    private final DrawnTime gap;
    private final SplittableRandom random;
    /** Numbers of lost events that the reader does not know of, with the moments of their loss. */
    private final Queue<long[]> unknown = new ArrayDeque<>();

    private double nextNanos;
    /** The reader is busy, asleep or waking until then; asleep without end. */
    private double readerNanos = Double.POSITIVE_INFINITY;
    private long arrived;
    private long lost;
    private long readEvents;
    private long noticed;
    private long headers;
    private double noticeNanos;
    private int last = -1;

    EventTraffic(final int depth, final int batch, final CostProfile profile, final double gapNanos, final long seed) {
        this.profile = profile;
        gap = DrawnTime.exponential(gapNanos);
        random = new SplittableRandom(seed);
        iommu.addQueue(TYPE.number(), depth);
        queue = iommu.queue(TYPE.number());
        read = ByteBuffer.allocateDirect(batch * EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readBuffer = queue.register(read);
        nextNanos = gap.draw(random);
    }

    /** Let so many events arrive, and read what is left. */
    void run(final long events) {
        while (arrived < events) {
            if (readerNanos <= nextNanos) {
                look();
            } else {
                arrive();
            }
        }
        while (readerNanos < Double.POSITIVE_INFINITY) {
            look();
        }
    }

    private void arrive() {
        event.putLong(0, arrived);
        final long lostBefore = counted(Counter.VIRTUAL_EVENTS_LOST);
        iommu.report(TYPE.number(), event, 0, TYPE.payloadBytes());
        if (counted(Counter.VIRTUAL_EVENTS_LOST) > lostBefore) {
            lost++;
            unknown.add(new long[] {arrived, Math.round(nextNanos)});
        }
        arrived++;
        if (readerNanos == Double.POSITIVE_INFINITY) {
            readerNanos = nextNanos + profile.nanos(Cost.WAKE);
        }
        nextNanos += gap.draw(random);
    }

    private long counted(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    /** The reader's next call. */
    private void look() {
        final int length = queue.read(readBuffer, 0, read.capacity());
        int events = 0;
        int at = 0;
        while (at < length) {
            header.wrap(read, at);
            final int missing = EventHeaderFlyweight.lostBetween(last, header.sequence(), header.isLostEvents());
            last = header.sequence();
            notice(missing);
            headers += header.isLostEvents() ? 1 : 0;
            events += header.isLostEvents() ? 0 : 1;
            at += header.isLostEvents() ? EventHeaderFlyweight.LENGTH_BYTES : EVENT_BYTES;
        }
        readEvents += events;
        if (length > 0) {
            readerNanos += profile.nanos(Cost.READ)
                    + events * (double) (profile.nanos(Cost.COPY) + profile.nanos(Cost.FAULT));
        } else {
            readerNanos = Double.POSITIVE_INFINITY;
        }
    }

    private void notice(final int missing) {
        noticed += missing;
        while (!unknown.isEmpty() && unknown.peek()[0] <= last) {
            noticeNanos += readerNanos - unknown.remove()[1];
        }
    }

    long arrived() {
        return arrived;
    }

    long lost() {
        return lost;
    }

    long noticed() {
        return noticed;
    }

    long headers() {
        return headers;
    }

    /** Mean time from a loss to when the reader knew. */
    double noticeNanos() {
        return lost == 0 ? 0 : noticeNanos / lost;
    }

    List<String> violations() {
        return readEvents + lost == arrived && queue.ready() == 0 ? List.of()
                : List.of("events=" + arrived + " but read + lost=" + (readEvents + lost));
    }
}
