/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * Where the faults of one attachment go.
 *
 * @param domain to attach: the page table, with the queue that was chosen for it
 * @param object whose file the faults come out of in the end, and which answers for the attachment when it goes away
 */
public record FaultRoute(IommuDomain domain, FaultObject object) {}
