/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a design costs at a batch: instructions for each fault, means of the passes. Raising the fault is taken off.
 *
 * @param design      what was counted
 * @param batch       faults raised in a row, received and answered together
 * @param state       whether there are figures
 * @param wrong       what went wrong, null if nothing did
 * @param receive     until it has been received, median over rounds; null for a reader that sleeps
 * @param answer      until its answer is accepted, median over rounds; null for a reader that sleeps
 * @param all         everything that ran, mean over rounds: with what the kernel does later and the timer's interrupts
 * @param perBatch    {@code all} of the whole batch
 * @param spread      of {@code all} from pass to pass, largest less smallest, in % of the mean
 * @param empty       reads and completions that brought nothing, for each fault
 * @param completions of the ring, for each fault
 * @param rounds      measured in all passes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(@JsonUnwrapped Design design, int batch, State state, String wrong, Double receive, Double answer,
        Double all, Double perBatch, Double spread, Double empty, Double completions, Long rounds) {

    /** Whether there are figures. */
    public enum State {
        /** Yes. */
        COUNTED,
        /** No: on this kernel the design never delivers a fault. */
        SILENT,
        /** No: a fault was lost, doubled, or not answered. */
        WRONG
    }

    static Figure silent(final Design design, final int batch) {
        return without(design, batch, State.SILENT, null);
    }

    static Figure wrong(final Design design, final int batch, final String what) {
        return without(design, batch, State.WRONG, what);
    }

    private static Figure without(final Design design, final int batch, final State state, final String wrong) {
        return new Figure(design, batch, state, wrong, null, null, null, null, null, null, null, null);
    }
}
