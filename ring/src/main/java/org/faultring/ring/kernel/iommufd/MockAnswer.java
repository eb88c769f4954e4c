/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

/**
 * A page response that reached a mock device of the model. Linux shows none.
 *
 * @param deviceId   as faults carry it
 * @param flags      of the group's last fault, see {@link org.faultring.ring.PageFaultFlyweight#flags()}
 * @param pasid      of the group's last fault
 * @param groupIndex of the group
 * @param code       one of {@link org.faultring.ring.PageResponseFlyweight}'s
 */
public record MockAnswer(int deviceId, int flags, int pasid, int groupIndex, int code) {}
