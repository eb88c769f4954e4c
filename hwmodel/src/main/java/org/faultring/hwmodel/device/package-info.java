/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The devices in front: {@link org.faultring.hwmodel.device.EndpointDevice} is a PCIe function that raises the faults
 * of a workload as page requests, {@link org.faultring.hwmodel.device.StallingMaster} one without PCIe whose
 * transactions stall. {@link org.faultring.hwmodel.device.MisbehavingEndpoint} makes a function break the rules on
 * purpose, and {@link org.faultring.hwmodel.device.InvalidationResponder} answers what ATS asks of it.
 */
package org.faultring.hwmodel.device;
