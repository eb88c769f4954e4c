/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;

/**
 * What a device of a path is made from, whatever IOMMU it is behind.
 *
 * @param settings  of the device
 * @param device    its number in the fault reporter
 * @param credits   requests in flight at most
 * @param cached    translations that it caches, 0 if it does not translate
 * @param workload  what it raises
 * @param schedule  when it raises
 * @param pageTable in which the handler maps
 * @param stages    stamped for sampled groups
 * @param clock     of the path
 * @param tally     of the hardware world
 * @param observer  told of sampled groups
 * @param hooks     between the device and the IOMMU
 */
record DeviceParts(DeviceSettings settings, int device, int credits, int cached, Workload workload,
        RaiseSchedule schedule,
        SharedPageTable pageTable, StageTimes stages, NanoClock clock, Tally tally, GroupObserver observer,
        PathHooks hooks) {}
