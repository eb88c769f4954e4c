/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyscallExceptionTest {

    @Test
    void shouldNameTheCallAndTheError() {
        final SyscallException e = assertThrows(SyscallException.class,
                () -> SyscallException.check("IOMMU_HWPT_ALLOC", -Errno.EOPNOTSUPP));
        assertEquals("IOMMU_HWPT_ALLOC failed with EOPNOTSUPP", e.getMessage());
        assertEquals(Errno.EOPNOTSUPP, e.errno());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
    void shouldPassOnWhatIsNoError(final int result) {
        assertEquals(result, SyscallException.check("read", result));
    }
}
