/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.ring.Checks;

/**
 * What a {@link MisbehavingEndpoint} does that PCIe forbids. Each "every" counts groups, 0 for never; where several
 * fall on one group, all happen to it. Immutable.
 *
 * @param ownCredits        credits that it gives itself, whatever it was allowed, 0 to obey
 * @param withholdLastEvery every how many groups one is sent without a last request
 * @param repeatIndexEvery  every how many groups one is sent under the index of a group that is still outstanding
 * @param wrongPasidEvery   every how many groups one is sent with a PASID that is not its own
 * @param floodPerTurn      requests beside its workload in each duty cycle, 0..65536: any page, PASID and group
 * @param seed              of the flood
 */
public record Misbehaviour(int ownCredits, int withholdLastEvery, int repeatIndexEvery, int wrongPasidEvery,
        int floodPerTurn, long seed) {

    /** Most credits that it can give itself. */
    public static final int MAX_OWN_CREDITS = 1 << 20;

    /** None: what passes through is left as it is. */
    public static final Misbehaviour NONE = new Misbehaviour(0, 0, 0, 0, 0, 0);

    /** Checks the values. */
    public Misbehaviour {
        Checks.range("ownCredits", ownCredits, 0, MAX_OWN_CREDITS);
        Checks.range("withholdLastEvery", withholdLastEvery, 0, Integer.MAX_VALUE);
        Checks.range("repeatIndexEvery", repeatIndexEvery, 0, Integer.MAX_VALUE);
        Checks.range("wrongPasidEvery", wrongPasidEvery, 0, Integer.MAX_VALUE);
        Checks.range("floodPerTurn", floodPerTurn, 0, 1 << 16);
    }

    /**
     * The same, and it ignores what it was allowed.
     *
     * @param credits see {@link #ownCredits()}
     * @return a new setting
     */
    public Misbehaviour ignoringCredits(final int credits) {
        return new Misbehaviour(credits, withholdLastEvery, repeatIndexEvery, wrongPasidEvery, floodPerTurn, seed);
    }

    /**
     * The same, and it withholds last requests.
     *
     * @param groups see {@link #withholdLastEvery()}
     * @return a new setting
     */
    public Misbehaviour withholdingLast(final int groups) {
        return new Misbehaviour(ownCredits, groups, repeatIndexEvery, wrongPasidEvery, floodPerTurn, seed);
    }

    /**
     * The same, and it repeats indexes.
     *
     * @param groups see {@link #repeatIndexEvery()}
     * @return a new setting
     */
    public Misbehaviour repeatingIndex(final int groups) {
        return new Misbehaviour(ownCredits, withholdLastEvery, groups, wrongPasidEvery, floodPerTurn, seed);
    }

    /**
     * The same, and it sends wrong PASIDs.
     *
     * @param groups see {@link #wrongPasidEvery()}
     * @return a new setting
     */
    public Misbehaviour withWrongPasid(final int groups) {
        return new Misbehaviour(ownCredits, withholdLastEvery, repeatIndexEvery, groups, floodPerTurn, seed);
    }

    /**
     * The same, and it floods.
     *
     * @param requests see {@link #floodPerTurn()}
     * @param newSeed  see {@link #seed()}
     * @return a new setting
     */
    public Misbehaviour flooding(final int requests, final long newSeed) {
        return new Misbehaviour(ownCredits, withholdLastEvery, repeatIndexEvery, wrongPasidEvery, requests,
                newSeed);
    }
}
