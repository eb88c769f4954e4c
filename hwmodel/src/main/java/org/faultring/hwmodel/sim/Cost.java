/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.faultring.ring.counter.Counter;

/**
 * What a {@link CostProfile} has a price for. Most are counted by the path itself, in a {@link Counter}; the scheduler
 * counts the others. What the hardware raises as an interrupt, the kernel pays for.
 */
public enum Cost {

    /** Hardware: each duty cycle. */
    HARDWARE_CYCLE("hardwareCycle", World.HARDWARE, null),
    /** Hardware: each unit of work that a duty cycle reports: a group raised, a command executed. */
    HARDWARE_WORK("hardwareWork", World.HARDWARE, null),
    /** Hardware: each page request sent. */
    REQUEST("request", World.HARDWARE, Counter.REQUESTS),

    /** Kernel: each duty cycle. */
    KERNEL_CYCLE("kernelCycle", World.KERNEL, null),
    /** Kernel: each unit of work that a duty cycle reports: a request taken from the queue, an answer passed on. */
    KERNEL_WORK("kernelWork", World.KERNEL, null),
    /** Kernel: each page request interrupt. */
    INTERRUPT("interrupt", World.KERNEL, Counter.INTERRUPTS),
    /** Kernel: each pass over the page request queue. */
    DRAIN_PASS("drainPass", World.KERNEL, Counter.DRAIN_PASSES),
    /** Kernel: each read of a register of the IOMMU. */
    REGISTER_READ("registerRead", World.KERNEL, Counter.REGISTER_READS),
    /** Kernel: each write of a register of the IOMMU. */
    REGISTER_WRITE("registerWrite", World.KERNEL, Counter.REGISTER_WRITES),
    /** Kernel: each group put into a fault queue. */
    GROUP("group", World.KERNEL, Counter.GROUPS_DELIVERED),
    /** Kernel: each group whose answer goes to the hardware as a command. */
    COMMAND("command", World.KERNEL, Counter.GROUPS_ANSWERED),
    /** Kernel: each batch of commands handed to the hardware. */
    SUBMISSION("submission", World.KERNEL, Counter.SUBMISSIONS),

    /** User: each duty cycle. */
    USER_CYCLE("userCycle", World.USER, null),
    /** User: each system call that reads faults. */
    READ("read", World.USER, Counter.READS),
    /** User: each system call that writes answers. */
    WRITE("write", World.USER, Counter.WRITES),
    /** User: each system call that takes an event counter. */
    EVENT_READ("eventRead", World.USER, Counter.EVENT_READS),
    /** User: each system call on a completion ring. */
    ENTER("enter", World.USER, Counter.RING_ENTERS),
    /** User: each try of a posted request that could not succeed. */
    RETRY("retry", World.USER, Counter.RING_RETRIES),
    /** User: each request handed to a thread of the kernel. */
    HOP("hop", World.USER, Counter.RING_HOPS),
    /** User: each record copied between kernel and user space, of a fault or an answer. */
    COPY("copy", World.USER, Counter.RECORDS_COPIED),
    /** User: each fault handled. */
    FAULT("fault", World.USER, Counter.FAULTS_HANDLED),
    /** User: each wait that begins: the system call that sleeps. */
    SLEEP("sleep", World.USER, null),
    /** User: from the event that ends a wait to the first instruction of whoever waited. */
    WAKE("wake", World.USER, null);

    private final String key;
    private final World payer;
    private final Counter counter;

    Cost(final String key, final World payer, final Counter counter) {
        this.key = key;
        this.payer = payer;
        this.counter = counter;
    }

    /**
     * Name in profiles.
     *
     * @return a name in camel case
     */
    public String key() {
        return key;
    }

    /**
     * Who pays.
     *
     * @return the world whose time passes
     */
    public World payer() {
        return payer;
    }

    /**
     * What counts it.
     *
     * @return the path's counter, or null if the scheduler counts
     */
    Counter counter() {
        return counter;
    }

    /**
     * Cost of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the cost
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Cost ofKey(final String key) {
        for (final Cost cost : values()) {
            if (cost.key.equals(key)) {
                return cost;
            }
        }
        throw new IllegalArgumentException("price=" + key + " (expected: " + keys() + ")");
    }

    private static String keys() {
        return Arrays.stream(values()).map(Cost::key).collect(Collectors.joining(", "));
    }
}
