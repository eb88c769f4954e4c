/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * How Linux empties a queue that hardware fills: {@code arm_smmu_evtq_thread} and {@code arm_smmu_priq_thread}
 * (drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c), which are the same but for the entries.
 *
 * <p>Each entry is given back by itself, before it is handled, with the overflow acknowledgement as it was. When none
 * is left, PROD is read again, and a change of its overflow flag noticed. Only when there is still none, an overflow is
 * acknowledged, by a write of its own. Where Linux waits for room in the command queue, the thread is left standing and
 * goes on in a later duty cycle.
 *
 * <p>Kernel world; allocates nothing.
 */
abstract class LinuxQueueThread {

    /** Entries handled in one duty cycle at most. */
    private static final int ENTRIES_PER_CYCLE = 1024;

    private final QueueReader queue;
    private final InterruptLine interrupt;
    private final CommandIssuer commands;
    private final Tally tally;
    private boolean running;
    private long overflows;

    LinuxQueueThread(final QueueReader queue, final InterruptLine interrupt, final CommandIssuer commands,
            final Tally tally) {
        this.queue = queue;
        this.interrupt = interrupt;
        this.commands = commands;
        this.tally = tally;
    }

    int doWork() {
        if (!running) {
            if (!interrupt.take()) {
                return 0;
            }
            running = true;
        }
        int handled = 0;
        while (running && handled < ENTRIES_PER_CYCLE && !isHeldBack()) {
            if (queue.available() == 0) {
                lookAgain();
            }
            final int now = Math.min(Math.min(queue.available(), commands.room()), ENTRIES_PER_CYCLE - handled);
            int done = 0;
            while (done < now && !isHeldBack()) {
                final int offset = queue.entryOffset();
                handle(queue.memory(), offset);
                done++;
            }
            handled += done;
            if (now == 0) {
                break;
            }
        }
        commands.announce();
        return running ? handled : handled + 1;
    }

    private void lookAgain() {
        // The fence is between the last write of CONS and this look at PROD, see ToggleLatch.
        ToggleLatch.fence();
        if (queue.readProducer()) {
            overflows++;
        }
        if (queue.available() > 0) {
            tally.increment(Counter.DRAIN_PASSES);
            return;
        }
        running = false;
        if (queue.inOverflow()) {
            queue.acknowledge();
            queue.writeConsumer();
        }
    }

    /** Whether an entry was taken for which there is no room above: nothing more is taken then. */
    boolean isHeldBack() {
        return false;
    }

    /** Read the entry, {@link #giveBack()} it, and act on it with one command at most. */
    abstract void handle(ByteBuffer entries, int offset);

    /** The entry has been read. */
    final void giveBack() {
        queue.skip();
        queue.writeConsumer();
    }

    /** Times that PROD said that entries were lost. */
    final long overflows() {
        return overflows;
    }

    final int queued() {
        return queue.queued();
    }

    final boolean isAtRest() {
        return !running && queue.queued() == 0;
    }
}
