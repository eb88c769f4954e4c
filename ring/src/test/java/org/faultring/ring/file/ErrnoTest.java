/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {

    @Test
    void shouldHaveTheNumbersOfLinux() {
        assertEquals(29, Errno.ESPIPE);
        assertEquals(22, Errno.EINVAL);
        assertEquals(14, Errno.EFAULT);
        assertEquals(12, Errno.ENOMEM);
        assertEquals(9, Errno.EBADF);
    }

    @Test
    void shouldNameEachNumberItHas() throws IllegalAccessException {
        int names = 0;
        for (final Field field : Errno.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                assertEquals(field.getName(), Errno.name(field.getInt(null)));
                names++;
            }
        }
        assertEquals(6, names);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 4095, -22})
    void shouldShowAnyOtherNumber(final int errno) {
        assertEquals("errno " + errno, Errno.name(errno));
    }
}
