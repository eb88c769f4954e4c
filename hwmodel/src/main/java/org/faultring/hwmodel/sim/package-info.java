/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Virtual time: any {@link org.faultring.hwmodel.path.FaultPath} on one thread, in an order that a seed decides, with a
 * price for what is done ({@link org.faultring.hwmodel.sim.Scheduler}, {@link org.faultring.hwmodel.sim.CostProfile})
 * and with things that go wrong on purpose ({@link org.faultring.hwmodel.sim.Disturbance}).
 */
package org.faultring.hwmodel.sim;
