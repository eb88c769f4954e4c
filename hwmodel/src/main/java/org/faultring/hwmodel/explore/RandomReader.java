/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;

/**
 * A reader that does what programs do, and what they should not: reads of any length into memory that ends, answers in
 * any order, late, twice, with bad codes and unknown cookies, groups forgotten. It knows no more than a program would.
 */
final class RandomReader implements Delivery {

    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    private static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;
    private static final int RECORDS = 512;
    private static final int USUAL_RECORDS = 32;
    private static final int ANSWERS = 16;
    private static final int ANSWERS_OFFSET = RECORDS * RECORD;
    /** One call in so many is a bad one. */
    private static final int BAD_CALLS = 8;
    /** One group in so many is forgotten. */
    private static final int FORGOTTEN = 300;
    private static final int SPENT = 64;
    private static final int[] BAD_CODES = {2, 0xF, -1, 3};
    private static final int[] BAD_COOKIES = {0, -1, 1 << 30, 12_345};

    private final FaultFile file;
    private final PageFaultHandler handler;
    private final SplittableRandom random;
    private final Watch watch;
    private final Wait wait;
    private final ByteBuffer buffer = RingMemory.allocate(ANSWERS_OFFSET + ANSWERS * RESPONSE);
    private final int number;
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    /** Of ten turns with groups at hand, how many answer some. */
    private final int zeal;
    /** Cookies of groups to answer; a cookie may be here twice if a group was answered for us and its number given. */
    private final List<Integer> held = new ArrayList<>();
    private final List<Integer> spent = new ArrayList<>();

    RandomReader(final FaultFile file, final PageFaultHandler handler, final SplittableRandom random,
            final Watch watch) {
        this.file = file;
        this.handler = handler;
        this.random = random;
        this.watch = watch;
        wait = Wait.readable(file);
        number = file.register(buffer);
        zeal = 1 + random.nextInt(9);
    }

    private boolean oneIn(final int chances) {
        return random.nextInt(chances) == 0;
    }

    @Override
    public int doWork() {
        if (!held.isEmpty() && random.nextInt(10) < zeal) {
            answer();
        } else {
            read();
        }
        final boolean wantsMore = !held.isEmpty() || (file.ready() & FaultFile.READABLE) != 0;
        return wantsMore ? 1 : 0;
    }

    private void read() {
        if (oneIn(BAD_CALLS)) {
            readBadly();
        } else {
            take(0, (oneIn(4) ? RECORDS : 1 + random.nextInt(USUAL_RECORDS)) * RECORD);
        }
    }

    private void readBadly() {
        switch (random.nextInt(5)) {
            case 0 -> take(0, 1 + random.nextInt(RECORD - 1));
            case 1 -> take(0, 0);
            case 2 -> take(0, -RECORD);
            case 3 -> take(0, RECORD);
            // Memory ends within the read.
            default -> take(buffer.capacity() - random.nextInt(3 * RECORD), USUAL_RECORDS * RECORD);
        }
    }

    private void take(final int offset, final int length) {
        final int bytes = file.read(number, offset, length);
        for (int at = 0; at < bytes; at += RECORD) {
            record.wrap(buffer, offset + at);
            handler.onPageFault(record);
            if (record.isLast() && !oneIn(FORGOTTEN)) {
                held.add(record.cookie());
            }
        }
    }

    private void answer() {
        if (oneIn(BAD_CALLS) && !spent.isEmpty()) {
            answerAgain();
            return;
        }
        final List<Integer> cookies = new ArrayList<>();
        final int count = 1 + random.nextInt(Math.min(held.size(), ANSWERS));
        int badAt = -1;
        for (int i = 0; i < count; i++) {
            final int cookie = held.remove(random.nextInt(held.size()));
            cookies.add(cookie);
            put(i, cookie, oneIn(8) ? PageResponseFlyweight.INVALID : PageResponseFlyweight.SUCCESS);
        }
        if (oneIn(BAD_CALLS)) {
            badAt = random.nextInt(count);
            spoil(badAt, cookies.get(badAt));
        }
        settle(cookies, badAt, write(count));
    }

    private void put(final int place, final int cookie, final int code) {
        response.wrap(buffer, ANSWERS_OFFSET + place * RESPONSE).set(cookie, code);
    }

    private void spoil(final int place, final int cookie) {
        if (random.nextBoolean()) {
            put(place, cookie, BAD_CODES[random.nextInt(BAD_CODES.length)]);
        } else {
            put(place, BAD_COOKIES[random.nextInt(BAD_COOKIES.length)], PageResponseFlyweight.SUCCESS);
        }
    }

    private int write(final int count) {
        if (oneIn(2 * BAD_CALLS)) {
            // Memory ends within the write, or the length is none.
            return random.nextBoolean() ? file.write(number, ANSWERS_OFFSET, count * RESPONSE + 3)
                    : file.write(number, ANSWERS_OFFSET, ANSWERS * RESPONSE + RESPONSE);
        }
        return file.write(number, ANSWERS_OFFSET, count * RESPONSE);
    }

    /** What was answered is spent; what was refused for a cookie that was good once is gone; the rest is still held. */
    private void settle(final List<Integer> cookies, final int badAt, final int result) {
        final int done = Math.min(cookies.size(), Math.max(0, result) / RESPONSE);
        for (int i = 0; i < done; i++) {
            final int cookie = cookies.get(i);
            if (i != badAt) {
                watch.reachIf(RareState.LATE_ANSWER_HIT, held.contains(cookie));
                spend(cookie);
            }
        }
        final boolean isRefusal = result >= 0 || result == -Errno.EINVAL;
        for (int i = done; i < cookies.size(); i++) {
            if (i == done && i != badAt && isRefusal) {
                watch.reach(RareState.LATE_ANSWER_REFUSED);
            } else {
                held.add(cookies.get(i));
            }
        }
    }

    private void spend(final int cookie) {
        if (spent.size() == SPENT) {
            spent.remove(0);
        }
        spent.add(cookie);
    }

    /** An answer to a group that has been answered: refused, unless its cookie is another's by now. */
    private void answerAgain() {
        put(0, spent.get(random.nextInt(spent.size())), PageResponseFlyweight.INVALID);
        final int result = file.write(number, ANSWERS_OFFSET, RESPONSE);
        watch.reach(result == RESPONSE ? RareState.LATE_ANSWER_HIT : RareState.LATE_ANSWER_REFUSED);
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "random-reader";
    }
}
