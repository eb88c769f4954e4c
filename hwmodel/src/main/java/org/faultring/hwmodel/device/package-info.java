/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Devices that miss translations: PCIe functions that raise page requests,
 * {@link org.faultring.hwmodel.device.EndpointDevice}, and masters whose transactions stall,
 * {@link org.faultring.hwmodel.device.StallingMaster}.
 */
package org.faultring.hwmodel.device;
