/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.Wait;
import org.faultring.ring.kernel.BoundedFaultObject;

/**
 * A handler with the rings of a fault object mapped, that does what programs do, and what they should not: takes as
 * many records as it likes, answers in any order, late, twice, with bad codes and made-up cookies, forgets groups.
 */
final class RandomHandler implements Delivery, FaultSlotHandler {

    private static final int RECORDS = 64;
    private static final int ANSWERS = 16;
    /** One answer in so many is a bad one. */
    private static final int BAD_ANSWERS = 8;
    /** One group in so many is forgotten. */
    private static final int FORGOTTEN = 300;
    private static final int SPENT = 64;
    private static final int[] BAD_CODES = {2, 0xF, -1, 3};

    private final BoundedFaultObject object;
    private final PageFaultHandler handler;
    private final SplittableRandom random;
    private final MirrorRing mirror;
    private final Wait doorbell;
    private Wait wait = Wait.spin();
    /** Of ten turns with groups at hand, how many answer some. */
    private final int zeal;
    private final List<Integer> held = new ArrayList<>();
    private final List<Integer> spent = new ArrayList<>();

    RandomHandler(final BoundedFaultObject object, final PageFaultHandler handler, final SplittableRandom random,
            final MirrorRing mirror) {
        this.object = object;
        this.handler = handler;
        this.random = random;
        this.mirror = mirror;
        doorbell = Wait.counter(object.doorbell().rings());
        zeal = 1 + random.nextInt(9);
    }

    private boolean oneIn(final int chances) {
        return random.nextInt(chances) == 0;
    }

    @Override
    public int doWork() {
        if (!held.isEmpty() && random.nextInt(10) < zeal) {
            for (int i = 1 + random.nextInt(ANSWERS); i > 0 && !held.isEmpty(); i--) {
                answer();
            }
            return 1;
        }
        final int limit = 1 + random.nextInt(RECORDS);
        if (object.faults().poll(this, limit) > 0 || !held.isEmpty()) {
            return 1;
        }
        // Ask to be woken, then look once more, see Doorbell.
        wait = doorbell.armed(object.doorbell().arm());
        return object.faults().poll(this, limit);
    }

    @Override
    public void onSlot(final FaultSlotFlyweight slot) {
        mirror.taken(slot);
        handler.onPageFault(slot);
        if (slot.isLast() && !oneIn(FORGOTTEN)) {
            held.add(slot.cookie());
        }
    }

    private void answer() {
        if (oneIn(BAD_ANSWERS)) {
            answerBadly();
        } else {
            final int cookie = held.remove(random.nextInt(held.size()));
            offer(cookie, oneIn(8) ? PageResponseFlyweight.INVALID : PageResponseFlyweight.SUCCESS);
            if (spent.size() == SPENT) {
                spent.remove(0);
            }
            spent.add(cookie);
        }
    }

    private void answerBadly() {
        switch (random.nextInt(3)) {
            case 0 -> offer(held.get(random.nextInt(held.size())), BAD_CODES[random.nextInt(BAD_CODES.length)]);
            case 1 -> offer(random.nextInt(), PageResponseFlyweight.SUCCESS);
            default -> {
                if (!spent.isEmpty()) {
                    offer(spent.get(random.nextInt(spent.size())), PageResponseFlyweight.INVALID);
                }
            }
        }
    }

    /** An answer for which there is no room is forgotten, as a bad program would. */
    private void offer(final int cookie, final int code) {
        if (object.responses().offer(cookie, code)) {
            mirror.offered(cookie, code);
        }
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "random-handler";
    }
}
