/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.PageFaultFlyweight;

/**
 * Memory of a process as shared virtual addressing sees it: {@code struct mm_struct} with its areas (include/linux/
 * mm_types.h). Called by the kernel world.
 */
public interface AddressSpace {

    /** Result of {@link #permissions}: no area. */
    int NO_AREA = -1;

    /** How the fault routine of the processor ended ({@code handle_mm_fault}). */
    enum Outcome {
        /** The page is there. */
        DONE,
        /** It cannot be had: out of memory, a signal, poisoned memory ({@code VM_FAULT_ERROR}). */
        ERROR,
        /** Not yet: Linux waits here for a disk, say. It is asked again in a later duty cycle. */
        LATER
    }

    /**
     * Whether the process still lives ({@code mmget_not_zero}).
     *
     * @return false once its memory is going away
     */
    boolean isAlive();

    /**
     * Area at an address ({@code vma_lookup}: exact, no stack is grown).
     *
     * @param address of the fault
     * @return what the area permits, as in {@link PageFaultFlyweight#permissions()} without PRIV; or {@link #NO_AREA}
     */
    int permissions(long address);

    /**
     * Fault one page in.
     *
     * @param address     of the fault, in an area that permits the access
     * @param permissions wanted, see {@link PageFaultFlyweight#permissions()}
     * @return how it went
     */
    Outcome faultIn(long address, int permissions);
}
