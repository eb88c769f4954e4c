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
        SPACE, TABLE, PARENT, NESTED, FAULTS, VIOMMU, VDEVICE, EVENTS, TEST, DEVICE
    }

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

    private final Random random;
    private final Map<Kind, List<Integer>> numbers = new EnumMap<>(Kind.class);
    private final List<MockDevice> devices = new ArrayList<>();
    private final List<OpenFile> files = new ArrayList<>();

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

    List<OpenFile> files() {
        return files;
    }

    /** Mostly the number of an object of one of some kinds, else of any, or no number at all. */
    int pick(final Kind... kinds) {
        final int chance = random.nextInt(20);
        if (chance == 0) {
            return SILLY[random.nextInt(SILLY.length)];
        }
        final List<Integer> among = new ArrayList<>();
        for (final Kind kind : chance == 1 ? Kind.values() : kinds) {
            among.addAll(numbers.get(kind));
        }
        return among.isEmpty() ? random.nextInt(30) : among.get(random.nextInt(among.size()));
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
