/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.PageGroupResponsePort;

/**
 * A PCIe function that asks for pages with page requests and is told the answers. Belongs to the hardware world, but
 * for what may be called from any thread.
 */
public interface PageRequestingDevice extends FaultingDevice, PageGroupResponsePort {}
