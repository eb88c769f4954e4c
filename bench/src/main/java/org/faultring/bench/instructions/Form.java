/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonValue;

/** How faults are received. The same list as {@code enum form} of the client's {@code design.h}. */
public enum Form {

    /** A read, when it is known that there is something. */
    READ("read"),
    /** A poll, then a read. */
    POLL_READ("poll, read"),
    /** A read that finds nothing, then one that does. */
    BUSY_READ("empty read, read"),
    /** READs posted ahead on the ring. */
    POSTED_READ("READ posted"),
    /** The same with {@code IOSQE_ASYNC}. */
    POSTED_READ_ASYNC("READ posted, ASYNC"),
    /** POLL_ADD linked to a READ. */
    LINKED_POLL_READ("POLL_ADD -> READ"),
    /** READ_MULTISHOT with provided buffers. */
    MULTISHOT_READ("READ_MULTISHOT"),
    /** The same with {@code IOSQE_ASYNC}. */
    MULTISHOT_READ_ASYNC("READ_MULTISHOT, ASYNC"),
    /** A multishot POLL_ADD, then a read. */
    MULTISHOT_POLL_READ("POLL_ADD multishot, read");

    private final String label;

    Form(final String label) {
        this.label = label;
    }

    /**
     * For a table.
     *
     * @return system calls in small letters, requests of a ring in capitals
     */
    public String label() {
        return label;
    }

    /**
     * For lines and JSON.
     *
     * @return for example {@code poll-read}
     */
    @JsonValue
    public String id() {
        return idOf(this);
    }

    static String idOf(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E ofId(final Class<E> type, final String id) {
        final E[] values = type.getEnumConstants();
        return Arrays.stream(values).filter(value -> idOf(value).equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getSimpleName().toLowerCase(Locale.ROOT) + "="
                        + id + " (expected: "
                        + Arrays.stream(values).map(Form::idOf).collect(Collectors.joining(", ")) + ")"));
    }
}
