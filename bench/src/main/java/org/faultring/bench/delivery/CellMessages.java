/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.zip.DataFormatException;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.HdrHistogram.Histogram;
import org.faultring.bench.result.OccupancySeries;

/** What a JVM of cells and the one that compares tell each other: one line of JSON each. */
final class CellMessages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CellMessages() {}

    /**
     * To a JVM of cells: one of the three.
     *
     * @param setUp a cell to set up; cells are numbered in this order from 0
     * @param round to run
     * @param end   number of a cell whose latencies are wanted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Command(SetUp setUp, Round round, Integer end) {

        static Command setUp(final DeliveryCell cell, final CellSetting setting) {
            return new Command(new SetUp(cell, setting), null, null);
        }

        static Command round(final int cell, final int number, final long millis) {
            return new Command(null, new Round(cell, number, millis), null);
        }

        static Command end(final int cell) {
            return new Command(null, null, cell);
        }
    }

    /**
     * A cell to set up.
     *
     * @param cell    to measure
     * @param setting beside it
     */
    record SetUp(DeliveryCell cell, CellSetting setting) {}

    /**
     * A round to run.
     *
     * @param cell   its number
     * @param number of the round, below 0 for warm-up
     * @param millis that it lasts
     */
    record Round(int cell, int number, long millis) {}

    /**
     * The line that is the answer to each.
     *
     * @param cannot    why the cell does not run
     * @param round     what a round gave
     * @param latencies of all rounds, at the end: HdrHistogram's compressed form in Base64
     * @param occupancy of the last round, at the end, where it is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reply(String cannot, RoundFigures round, String latencies, OccupancySeries occupancy) {

        static final Reply READY = new Reply(null, null, null, null);

        static Reply cannot(final String sentence) {
            return new Reply(sentence, null, null, null);
        }

        static Reply round(final RoundFigures figures) {
            return new Reply(null, figures, null, null);
        }

        static Reply end(final Histogram histogram, final OccupancySeries occupancy) {
            return new Reply(null, null, EncodedHistogram.text(histogram), occupancy);
        }

        Histogram histogram() throws DataFormatException {
            return EncodedHistogram.histogram(latencies);
        }
    }

    static String line(final Object message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T parse(final String line, final Class<T> type) throws JsonProcessingException {
        return JSON.readValue(line, type);
    }
}
