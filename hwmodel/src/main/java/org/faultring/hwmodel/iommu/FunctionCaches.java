/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.InvalidationTags;
import org.faultring.hwmodel.pci.RequesterId;

/**
 * The caches of the functions behind an IOMMU: invalidate requests that are out at them, 32 to each (PCI Express Base
 * Specification, Address Translation Services). A queue of commands sends them and waits for them at its next fence.
 *
 * <p>Nothing here reads a clock: who finds that a function has taken too long says so. Hardware world; allocates
 * nothing after set-up.
 */
public final class FunctionCaches {

    /** A queue of commands that has requests out. Each request is sent, and ends in one of the other two ways. */
    public interface Issuer {

        /** A request goes out; the function may complete it from within. */
        void invalidationSent();

        /** The function has forgotten what a request named. */
        void invalidationCompleted();

        /**
         * The function has not completed a request in time.
         *
         * @param requesterId of the function
         * @param command     what the request was sent with
         */
        void invalidationTimedOut(int requesterId, long command);
    }

    /** Requests that are out at a function. */
    private static final class Requests {

        private final InvalidateRequestPort port;
        private final InvalidationTags tags = new InvalidationTags();
        private final Issuer[] issuers = new Issuer[InvalidateRequestMessage.TAGS];
        private final long[] commands = new long[InvalidateRequestMessage.TAGS];

        private Requests(final InvalidateRequestPort port) {
            this.port = port;
        }
    }

    /** By requester ID; null for a function without a cache. */
    private final Requests[] functions = new Requests[RequesterId.COUNT];

    /** No function has a cache. */
    public FunctionCaches() {}

    /**
     * Set-up: a function has a cache.
     *
     * @param requesterId of the function, 16 bits
     * @param port        where its invalidations go
     */
    public void connect(final int requesterId, final InvalidateRequestPort port) {
        functions[requesterId] = new Requests(port);
    }

    /**
     * Whether there is anything to invalidate at a function.
     *
     * @param requesterId of the function; one of more than 16 bits is none
     * @return false if it has no cache
     */
    public boolean isConnected(final int requesterId) {
        return requesterId >>> Short.SIZE == 0 && functions[requesterId] != null;
    }

    /**
     * Send an invalidate request to a function with a cache.
     *
     * @param requesterId of the function
     * @param pasid       of the request, or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param body        see {@link InvalidateRequestMessage}
     * @param issuer      told that it is sent, and how it ends, perhaps from within
     * @param command     handed back if it ends with a time-out
     * @return false if all tags of the function are in use: once more, later
     */
    public boolean send(final int requesterId, final int pasid, final long body, final Issuer issuer,
            final long command) {
        final Requests out = functions[requesterId];
        final int tag = out.tags.take();
        if (tag == InvalidationTags.NONE) {
            return false;
        }
        out.issuers[tag] = issuer;
        out.commands[tag] = command;
        issuer.invalidationSent();
        out.port.invalidateRequest(tag, pasid, body);
        return true;
    }

    /**
     * A completion arrives; tags of it that are not in use mean nothing.
     *
     * @param requesterId of the function
     * @param message     see {@link org.faultring.hwmodel.pci.InvalidateCompletionMessage}
     */
    public void complete(final int requesterId, final long message) {
        if (isConnected(requesterId)) {
            final Requests out = functions[requesterId];
            for (int left = out.tags.complete(message); left != 0; left &= left - 1) {
                out.issuers[Integer.numberOfTrailingZeros(left)].invalidationCompleted();
            }
        }
    }

    /**
     * The function does not support a request, and the IOMMU takes that for its completion.
     *
     * @param requesterId of the function
     * @param tag         of the request
     */
    public void completeUnsupported(final int requesterId, final int tag) {
        if (isConnected(requesterId) && (functions[requesterId].tags.outstanding() & 1 << tag) != 0) {
            functions[requesterId].tags.giveUp(tag);
            functions[requesterId].issuers[tag].invalidationCompleted();
        }
    }

    /**
     * A function has not completed in time: wait no longer for anything that is out at it.
     *
     * @param requesterId of the function
     * @return false if nothing was out
     */
    public boolean timeOut(final int requesterId) {
        if (!isConnected(requesterId) || functions[requesterId].tags.outstanding() == 0) {
            return false;
        }
        final Requests out = functions[requesterId];
        for (int left = out.tags.outstanding(); left != 0; left &= left - 1) {
            final int tag = Integer.numberOfTrailingZeros(left);
            out.tags.giveUp(tag);
            out.issuers[tag].invalidationTimedOut(requesterId, out.commands[tag]);
        }
        return true;
    }
}
