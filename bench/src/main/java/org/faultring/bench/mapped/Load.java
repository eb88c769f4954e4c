/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.faultring.bench.delivery.CannotRunException;

/** Faults that go over a ring from the second core to the first. */
interface Load {

    /**
     * What it is.
     *
     * @return the row's name
     */
    LoadName name();

    /**
     * Run a round.
     *
     * @param faults to carry
     * @return what came of it
     * @throws CannotRunException if an end fails
     * @throws LostFaultsException if the end that saw them saw others than were raised
     */
    LoadFigures run(int faults) throws CannotRunException, LostFaultsException;
}
