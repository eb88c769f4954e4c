/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * A page table as the fault layer sees it: {@code struct iommu_domain} with its {@code iopf_handler}
 * (include/linux/iommu.h). Where its faults go is fixed for life. Immutable.
 */
public final class IommuDomain {

    /** What the page table translates. */
    public enum Kind {
        /** The only level. */
        PAGING,
        /** The first level, above a parent ({@code IOMMU_DOMAIN_NESTED}). */
        NESTED
    }

    private final Kind kind;
    private final FaultSink sink;

    private IommuDomain(final Kind kind, final FaultSink sink) {
        this.kind = kind;
        this.sink = sink;
    }

    /**
     * A domain of one level.
     *
     * @param sink fault object, or null for a domain that handles no faults
     * @return the domain
     */
    public static IommuDomain paging(final FaultSink sink) {
        return new IommuDomain(Kind.PAGING, sink);
    }

    /**
     * A first-level domain.
     *
     * @param sink fault object, or null for a domain that handles no faults
     * @return the domain
     */
    public static IommuDomain nested(final FaultSink sink) {
        return new IommuDomain(Kind.NESTED, sink);
    }

    /** The same page table, its faults going elsewhere. */
    IommuDomain withSink(final FaultSink newSink) {
        return new IommuDomain(kind, newSink);
    }

    /**
     * What the page table translates.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where faults go.
     *
     * @return the sink, or null
     */
    public FaultSink sink() {
        return sink;
    }
}
