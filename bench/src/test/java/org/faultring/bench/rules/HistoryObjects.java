/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.MockDevice;

/** What a history knows of the objects it made. */
final class HistoryObjects {

    /** What is under a number. */
    enum Kind {
        /** Address space. */
        SPACE(1),
        /** Fault object. */
        FAULTS(2),
        /** Test object of a mock device, and so the device. */
        TEST(2),
        /** Page table of one level, of a device itself. */
        TABLE(0),
        /** The same, with a fault object. */
        FAULTING(2),
        /** Page table of one level that may be attached to a PASID, with a fault object or not. */
        PASID(4),
        /** Page table to nest on. */
        PARENT(1),
        /** Page table on a parent. */
        NESTED(2),
        /** Virtual IOMMU. */
        VIOMMU(1),
        /** Device of one. */
        VDEVICE(2),
        /** Page table of one. */
        VIRTUAL(2),
        /** Event queue of one. */
        EVENTS(1),
        /** Device. */
        DEVICE(0);

        private final int wanted;

        Kind(final int wanted) {
            this.wanted = wanted;
        }

        /** How many there should be at least. */
        int wanted() {
            return wanted;
        }
    }

    /** What something was attached to. */
    record Target(int deviceId, int pasid) {}

    /** A file with what was read from it. */
    static final class OpenFile {

        final String name;
        final FaultFile file;
        final List<Integer> cookies = new ArrayList<>();

        OpenFile(final String name, final FaultFile file) {
            this.name = name;
            this.file = file;
        }
    }

    private static final int[] SILLY = {0, -1, 1, 2, 3, 77, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private static final int TARGETS = 4;

    private final Random random;
    private final Map<Kind, List<Integer>> numbers = new EnumMap<>(Kind.class);
    private final List<MockDevice> devices = new ArrayList<>();
    private final List<OpenFile> files = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    HistoryObjects(final Random random) {
        this.random = random;
        for (final Kind kind : Kind.values()) {
            numbers.put(kind, new ArrayList<>());
        }
    }

    /** A call returned a number: if it is one, an object of a kind is under it. */
    int made(final Kind kind, final int number) {
        if (number > 0) {
            gone(number);
            numbers.get(kind).add(number);
        }
        return number;
    }

    /** Nothing is under a number any more. */
    void gone(final int number) {
        numbers.values().forEach(list -> list.remove((Integer) number));
    }

    List<Integer> numbers(final Kind kind) {
        return numbers.get(kind);
    }

    List<MockDevice> devices() {
        return devices;
    }

    /** Something was attached to a device or a PASID. */
    void attached(final MockDevice device, final int pasid) {
        targets.add(new Target(device.deviceId(), pasid));
        if (targets.size() > TARGETS) {
            targets.remove(0);
        }
    }

    /** To what something was attached lately. */
    List<Target> targets() {
        return targets;
    }

    List<OpenFile> files() {
        return files;
    }

    /** Mostly the number of an object of one of some kinds, else of any, or no number at all. */
    int pick(final Kind... kinds) {
        final int chance = random.nextInt(30);
        if (chance == 0) {
            return SILLY[random.nextInt(SILLY.length)];
        }
        final Kind[] among = chance == 1 ? Kind.values() : kinds;
        for (int i = 0; i < 4; i++) {
            final Integer number = oneOf(numbers.get(among[random.nextInt(among.length)]));
            if (number != null) {
                return number;
            }
        }
        return random.nextInt(30);
    }

    /** One of a few. */
    int oneOf(final int... values) {
        return values[random.nextInt(values.length)];
    }

    /** One of a list, or null. */
    <T> T oneOf(final List<T> list) {
        return list.isEmpty() ? null : list.get(random.nextInt(list.size()));
    }
}
