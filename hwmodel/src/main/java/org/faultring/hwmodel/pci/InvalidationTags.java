/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * The 32 tags of invalidate requests to one function, as an IOMMU keeps them: a tag is free again when as many
 * completions as the function announces have come for it.
 *
 * <p>Hardware world; allocates nothing.
 */
public final class InvalidationTags {

    /** No tag is free. */
    public static final int NONE = -1;

    private final byte[] completions = new byte[InvalidateRequestMessage.TAGS];
    private int outstanding;

    /** All tags free. */
    public InvalidationTags() {}

    /**
     * Take a tag.
     *
     * @return 0..31, or {@link #NONE}
     */
    public int take() {
        if (outstanding == -1) {
            return NONE;
        }
        final int tag = Integer.numberOfTrailingZeros(~outstanding);
        outstanding |= 1 << tag;
        completions[tag] = 0;
        return tag;
    }

    /**
     * A completion arrived.
     *
     * @param message see {@link InvalidateCompletionMessage}
     * @return requests that are completed by it, a bit for each tag
     */
    public int complete(final long message) {
        final int count = InvalidateCompletionMessage.count(message);
        int done = 0;
        int left = InvalidateCompletionMessage.tags(message) & outstanding;
        while (left != 0) {
            final int tag = Integer.numberOfTrailingZeros(left);
            if (++completions[tag] >= count) {
                done |= 1 << tag;
            }
            left &= left - 1;
        }
        outstanding &= ~done;
        return done;
    }

    /**
     * Tags of a completion that no request has.
     *
     * @param message see {@link InvalidateCompletionMessage}
     * @return a bit for each such tag
     */
    public int unexpected(final long message) {
        return InvalidateCompletionMessage.tags(message) & ~outstanding;
    }

    /**
     * Wait no longer for a request: the function took too long, does not support it, or was reset.
     *
     * @param tag of the request
     */
    public void giveUp(final int tag) {
        outstanding &= ~(1 << tag);
    }

    /**
     * Requests that wait for completion.
     *
     * @return a bit for each tag
     */
    public int outstanding() {
        return outstanding;
    }
}
