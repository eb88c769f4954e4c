/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.ring.kernel.VirtualEventType;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * Sends the errors of a virtual interface to the guest that has it ({@code tegra241_vintf_user_isr} of
 * drivers/iommu/arm/arm-smmu-v3/tegra241-cmdqv.c). They are the virtual IOMMU's own and name no device. Without a queue
 * for them they are gone.
 *
 * <p>Kernel world; allocates nothing.
 */
public final class VirtualInterfaceEvents implements EventSink {

    private final VirtualIommu viommu;

    /**
     * A sink for one interface, see {@link Tegra241CmdqvDriver#addGuest}.
     *
     * @param viommu of the guest
     */
    public VirtualInterfaceEvents(final VirtualIommu viommu) {
        this.viommu = viommu;
    }

    @Override
    public void onEvent(final int device, final FaultLevel level, final ByteBuffer record, final int offset,
            final int lengthBytes) {
        viommu.report(VirtualEventType.TEGRA241_CMDQV.number(), record, offset, lengthBytes);
    }
}
