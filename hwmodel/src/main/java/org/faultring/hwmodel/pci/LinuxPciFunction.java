/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import org.faultring.ring.file.Errno;

/**
 * A function as Linux's PCI core sees it: what it does with PRI and ATS, through configuration space
 * (drivers/pci/ats.c).
 *
 * <p>A virtual function has no PRI capability: it shares that of its physical function, whose driver alone enables,
 * disables and resets it. Calls belong to set-up, or to a time at which the function is quiet.
 */
public final class LinuxPciFunction {

    /** Smallest translation unit there is, 2^12 bytes ({@code PCI_ATS_MIN_STU}). */
    public static final int MIN_UNIT_SHIFT = 12;

    private static final int OK = 0;

    private final ConfigSpace config;
    private final LinuxPciFunction physical;
    private final int pri;
    private final int ats;
    /** Read once, when the function is found ({@code pci_pri_init}). */
    private final boolean responsePasidRequired;
    private boolean priEnabled;
    private boolean atsEnabled;
    private int unitShift;

    /**
     * A physical function.
     *
     * @param config its configuration space, with all its capabilities
     */
    public LinuxPciFunction(final ConfigSpace config) {
        this(config, null);
    }

    /**
     * A virtual function.
     *
     * @param config   its configuration space, with all its capabilities
     * @param physical the function it belongs to, or null if it is one itself
     */
    public LinuxPciFunction(final ConfigSpace config, final LinuxPciFunction physical) {
        this.config = config;
        this.physical = physical;
        this.pri = config.find(PriCapability.ID);
        this.ats = config.find(AtsCapability.ID);
        this.responsePasidRequired = pri != ConfigSpace.NOT_FOUND
                && (config.read16(pri + PriCapability.STATUS_OFFSET) & PriCapability.PASID_REQUIRED) != 0;
    }

    private boolean isVirtual() {
        return physical != null;
    }

    /**
     * Enable page requests ({@code pci_enable_pri}).
     *
     * @param requests in flight that the driver of the IOMMU grants
     * @return 0; -{@link Errno#EBUSY} if they are enabled or the function has not stopped; -{@link Errno#EINVAL} if
     *         there is no such capability, or for a virtual function whose physical one is not enabled
     */
    public int enablePri(final int requests) {
        if (isVirtual()) {
            return physical.priEnabled ? OK : -Errno.EINVAL;
        }
        if (priEnabled) {
            return -Errno.EBUSY;
        }
        if (pri == ConfigSpace.NOT_FOUND) {
            return -Errno.EINVAL;
        }
        if ((config.read16(pri + PriCapability.STATUS_OFFSET) & PriCapability.STOPPED) == 0) {
            return -Errno.EBUSY;
        }
        final int capacity = config.read32(pri + PriCapability.CAPACITY_OFFSET);
        config.write32(pri + PriCapability.ALLOCATION_OFFSET, Math.min(capacity, requests));
        config.write16(pri + PriCapability.CONTROL_OFFSET, PriCapability.ENABLE);
        priEnabled = true;
        return OK;
    }

    /** Disable page requests ({@code pci_disable_pri}); does not wait until the function has stopped. */
    public void disablePri() {
        if (isVirtual() || !priEnabled || pri == ConfigSpace.NOT_FOUND) {
            return;
        }
        final int control = config.read16(pri + PriCapability.CONTROL_OFFSET);
        config.write16(pri + PriCapability.CONTROL_OFFSET, control & ~PriCapability.ENABLE);
        priEnabled = false;
    }

    /**
     * Make the function forget its page requests ({@code pci_reset_pri}).
     *
     * @return 0, also for a virtual function, for which nothing is done; -{@link Errno#EBUSY} while enabled;
     *         -{@link Errno#EINVAL} if there is no such capability
     */
    public int resetPri() {
        if (isVirtual()) {
            return OK;
        }
        if (priEnabled) {
            return -Errno.EBUSY;
        }
        if (pri == ConfigSpace.NOT_FOUND) {
            return -Errno.EINVAL;
        }
        config.write16(pri + PriCapability.CONTROL_OFFSET, PriCapability.RESET);
        return OK;
    }

    /**
     * Whether answers need the PASID ({@code pci_prg_resp_pasid_required}).
     *
     * @return true if the function said so when it was found
     */
    public boolean responsePasidRequired() {
        return isVirtual() ? physical.responsePasidRequired : responsePasidRequired;
    }

    /**
     * Enable translation requests ({@code pci_enable_ats}).
     *
     * @param newUnitShift smallest translation unit as a power of two, from {@link #MIN_UNIT_SHIFT}
     * @return 0; -{@link Errno#EBUSY} if they are enabled; -{@link Errno#EINVAL} if there is no such capability, the
     *         unit is too small, or it is not that of the physical function
     */
    public int enableAts(final int newUnitShift) {
        if (ats == ConfigSpace.NOT_FOUND) {
            return -Errno.EINVAL;
        }
        if (atsEnabled) {
            return -Errno.EBUSY;
        }
        if (newUnitShift < MIN_UNIT_SHIFT) {
            return -Errno.EINVAL;
        }
        int control = AtsCapability.ENABLE;
        if (isVirtual()) {
            if (physical.unitShift != newUnitShift) {
                return -Errno.EINVAL;
            }
        } else {
            unitShift = newUnitShift;
            control |= unitShift - MIN_UNIT_SHIFT & AtsCapability.STU_MASK;
        }
        config.write16(ats + AtsCapability.CONTROL_OFFSET, control);
        atsEnabled = true;
        return OK;
    }

    /** Disable translation requests ({@code pci_disable_ats}). */
    public void disableAts() {
        if (!atsEnabled) {
            return;
        }
        final int control = config.read16(ats + AtsCapability.CONTROL_OFFSET);
        config.write16(ats + AtsCapability.CONTROL_OFFSET, control & ~AtsCapability.ENABLE);
        atsEnabled = false;
    }

    /**
     * Invalidate requests that the function can hold ({@code pci_ats_queue_depth}).
     *
     * @return 1..32; 0 for a virtual function, which shares the queue of its physical one; -{@link Errno#EINVAL} if
     *         there is no such capability
     */
    public int atsQueueDepth() {
        if (ats == ConfigSpace.NOT_FOUND) {
            return -Errno.EINVAL;
        }
        if (isVirtual()) {
            return 0;
        }
        final int depth = config.read16(ats + AtsCapability.CAPABILITY_OFFSET) & AtsCapability.QUEUE_DEPTH_MASK;
        return depth == 0 ? InvalidateRequestMessage.TAGS : depth;
    }
}
