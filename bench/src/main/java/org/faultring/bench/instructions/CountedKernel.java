/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was counted on one kernel.
 *
 * @param name    of its image, or what stands for the machine's own
 * @param release of the kernel, as uname says
 * @param version of the kernel, as uname says
 * @param calls   single calls by name, median instructions; {@code trigger-N}: raising one of N faults in a row
 * @param figures of all designs and batches, in the client's order
 */
public record CountedKernel(String name, String release, String version, Map<String, Double> calls,
        List<Figure> figures) {

    /**
     * Look a figure up.
     *
     * @param design of the figure
     * @param batch  of the figure
     * @return the figure, if this kernel has it
     */
    public Optional<Figure> figure(final Design design, final int batch) {
        return figures.stream().filter(figure -> figure.design().equals(design) && figure.batch() == batch)
                .findFirst();
    }

    /**
     * Whether every fault that arrived was answered once.
     *
     * @return false if a figure is {@link Figure.State#WRONG}
     */
    public boolean isRight() {
        return figures.stream().noneMatch(figure -> figure.state() == Figure.State.WRONG);
    }
}
