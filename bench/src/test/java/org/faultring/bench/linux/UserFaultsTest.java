/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.faultring.bench.linux.UserFaultFile.Resolution;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.PageResponseFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFaultsTest extends FaultFileContract {

    @Override
    StandInAvailability availability(final int inFlight) {
        return StandInAvailability.userFault(inFlight);
    }

    @Override
    FaultSource open(final int inFlight) {
        return new UserFaults(inFlight, Resolution.COPY);
    }

    @Override
    boolean knowsCookies() {
        return true;
    }

    @Test
    void shouldPutTheKernelsPageOfZerosThere() throws Exception {
        try (FaultSource source = new UserFaults(4, Resolution.ZERO_PAGE)) {
            final FileReader reader = new FileReader(DeliveryDesign.READ, source.file(), null, 4,
                    fault -> fault.address() % 8192 == 0 ? PageResponseFlyweight.INVALID
                            : PageResponseFlyweight.SUCCESS);
            source.raise(4 * 64 * 3);
            assertTrue(source.awaitAnswered(4 * 64 * 3, 60_000_000_000L));
            assertNull(reader.stop().failure());
            assertTrue(source.refused() > 100, () -> "refused " + source.refused());
        }
    }

    @Test
    void shouldHaveTheValuesOfTheHeaders(@TempDir final Path folder) throws Exception {
        CLayout.of("sys/ioctl.h", "sys/mman.h", "sys/syscall.h", "linux/userfaultfd.h")
                .constant("UFFD_USER_MODE_ONLY", UserFaultCalls.USER_MODE_ONLY)
                .constant("UFFD_API", UserFaultCalls.API).constant("USERFAULTFD_IOC_NEW", UserFaultCalls.IOC_NEW)
                .constant("UFFDIO_API", UserFaultCalls.IOC_API)
                .constant("UFFDIO_REGISTER", UserFaultCalls.IOC_REGISTER)
                .constant("UFFDIO_WAKE", UserFaultCalls.IOC_WAKE).constant("UFFDIO_COPY", UserFaultCalls.IOC_COPY)
                .constant("UFFDIO_ZEROPAGE", UserFaultCalls.IOC_ZEROPAGE)
                .constant("UFFDIO_REGISTER_MODE_MISSING", UserFaultCalls.MODE_MISSING)
                .constant("UFFD_EVENT_PAGEFAULT", UserFaultCalls.EVENT_PAGEFAULT)
                .constant("UFFD_PAGEFAULT_FLAG_WRITE", UserFaultCalls.FLAG_WRITE)
                .constant("SYS_userfaultfd", UserFaultCalls.number())
                .constant("MADV_DONTNEED", MemoryCalls.MADV_DONTNEED)
                .size("struct uffd_msg", UserFaultCalls.MESSAGE_BYTES)
                .offset("struct uffd_msg", "arg.pagefault.flags", UserFaultCalls.MESSAGE_FLAGS_OFFSET)
                .offset("struct uffd_msg", "arg.pagefault.address", UserFaultCalls.MESSAGE_ADDRESS_OFFSET)
                .size("struct uffdio_api", 24).size("struct uffdio_register", 32).size("struct uffdio_range", 16)
                .size("struct uffdio_copy", 40).offset("struct uffdio_copy", "len", 16)
                .size("struct uffdio_zeropage", 32).offset("struct uffdio_register", "mode", 16)
                .assertAgrees(folder);
    }
}
