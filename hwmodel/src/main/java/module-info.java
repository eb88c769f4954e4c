/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** IOMMUs, the devices behind them and their Linux drivers, each stepped by its host. */
module org.faultring.hwmodel {
    requires transitive org.agrona;
    requires transitive org.faultring.ring;

    exports org.faultring.hwmodel.amd;
    exports org.faultring.hwmodel.device;
    exports org.faultring.hwmodel.explore;
    exports org.faultring.hwmodel.iommu;
    exports org.faultring.hwmodel.layout;
    exports org.faultring.hwmodel.path;
    exports org.faultring.hwmodel.pci;
    exports org.faultring.hwmodel.riscv;
    exports org.faultring.hwmodel.sim;
    exports org.faultring.hwmodel.smmuv3;
    exports org.faultring.hwmodel.vtd;
    exports org.faultring.hwmodel.workload;
}
