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
        assertEquals(1, Errno.EPERM);
        assertEquals(2, Errno.ENOENT);
        assertEquals(4, Errno.EINTR);
        assertEquals(5, Errno.EIO);
        assertEquals(7, Errno.E2BIG);
        assertEquals(9, Errno.EBADF);
        assertEquals(11, Errno.EAGAIN);
        assertEquals(12, Errno.ENOMEM);
        assertEquals(13, Errno.EACCES);
        assertEquals(14, Errno.EFAULT);
        assertEquals(16, Errno.EBUSY);
        assertEquals(17, Errno.EEXIST);
        assertEquals(19, Errno.ENODEV);
        assertEquals(22, Errno.EINVAL);
        assertEquals(24, Errno.EMFILE);
        assertEquals(25, Errno.ENOTTY);
        assertEquals(23, Errno.ENFILE);
        assertEquals(28, Errno.ENOSPC);
        assertEquals(29, Errno.ESPIPE);
        assertEquals(38, Errno.ENOSYS);
        assertEquals(75, Errno.EOVERFLOW);
        assertEquals(77, Errno.EBADFD);
        assertEquals(95, Errno.EOPNOTSUPP);
        assertEquals(105, Errno.ENOBUFS);
        assertEquals(125, Errno.ECANCELED);
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
        assertEquals(24, names);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4095, -22})
    void shouldShowAnyOtherNumber(final int errno) {
        assertEquals("errno " + errno, Errno.name(errno));
    }
}
