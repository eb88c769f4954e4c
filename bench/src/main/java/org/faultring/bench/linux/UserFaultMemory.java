/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory whose pages are missing: the same number of pages for each thread. Two pages that are there stand before them,
 * one of zeros and one that says that it was refused, to be copied from.
 */
final class UserFaultMemory {

    /** Pages of a thread; it gives them back together, which costs less than one by one. */
    static final int PAGES_PER_THREAD = 64;

    private static final int SOURCES = 2;

    private final long address;
    private final long pageBytes;
    private final int pages;

    /** In a scope that unmaps it. */
    @SuppressWarnings("restricted")
    UserFaultMemory(final NativeScope scope, final int threads, final long pageBytes) {
        this.pageBytes = pageBytes;
        pages = threads * PAGES_PER_THREAD;
        address = scope.memory((SOURCES + pages) * pageBytes);
        final MemorySegment sources = MemorySegment.ofAddress(address).reinterpret(SOURCES * pageBytes);
        sources.fill((byte) 0);
        sources.set(ValueLayout.JAVA_LONG, pageBytes, UserFaultFile.REFUSED);
    }

    long pageBytes() {
        return pageBytes;
    }

    int pages() {
        return pages;
    }

    long emptyPage() {
        return address;
    }

    long refusedPage() {
        return address + pageBytes;
    }

    /** Address of a page that may be missing, from 0. */
    long address(final int page) {
        return address + (SOURCES + page) * pageBytes;
    }

    int pageOf(final long faultAddress) {
        return (int) ((faultAddress - address) / pageBytes) - SOURCES;
    }

    int threadOf(final int page) {
        return page / PAGES_PER_THREAD;
    }
}
