/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.HdrHistogram.Histogram;
import org.faultring.bench.result.HistogramFile;
import org.faultring.bench.result.HistogramLog;
import org.faultring.bench.result.IndentedJson;
import org.faultring.bench.result.ResultFolder;

/** Writes and reads {@code result.json} of comparisons; what it reads it holds against the schema first. */
public final class DeliveryResultFile {

    /** Name of the file in its folder. */
    public static final String NAME = "result.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeliveryResultFile() {}

    /**
     * A result as JSON.
     *
     * @param result to show
     * @return indented text
     */
    public static String json(final DeliveryResult result) {
        return IndentedJson.of(result);
    }

    /**
     * Write the result, and for each cell that has latencies a {@code .hgrm} and a line of
     * {@link HistogramLog#NAME}.
     *
     * @param folder to write to
     * @param result to write
     * @return the path of {@code result.json}, which is written last
     * @throws IOException if a file cannot be written; none is left half-written
     */
    public static Path write(final ResultFolder folder, final DeliveryResult result) throws IOException {
        final Map<String, Histogram> latencies = new LinkedHashMap<>();
        for (final CellFigures cell : result.figures()) {
            if (cell.latencies().isPresent() && cell.hasResult()) {
                HistogramFile.write(folder, name(cell.cell()), cell.latencies().get());
                latencies.put(name(cell.cell()), cell.latencies().get());
            }
        }
        HistogramLog.write(folder, Instant.parse(result.environment().time()), result.rounds() * result.roundMillis(),
                latencies);
        return folder.replace(NAME, json(result) + "\n");
    }

    private static String name(final DeliveryCell cell) {
        return String.join("-", cell.ground().key(), cell.design(), "batch" + cell.batch(),
                "inflight" + cell.inFlight(), "handler" + cell.handlerNanos() + "ns", cell.cores().key())
                + (cell.pace().isOpenLoop() ? "-" + cell.pace().toString().replace(':', '-') : "")
                + (cell.copy() == 0 ? "" : "-again");
    }

    /**
     * Read a result.
     *
     * @param file {@code result.json}
     * @return the result
     * @throws IOException              if it cannot be read
     * @throws IllegalArgumentException if it is not of this layout; the message names the first field that is not
     */
    public static DeliveryResult read(final Path file) throws IOException {
        final JsonNode root = tree(file);
        if (!isOne(root)) {
            throw new IllegalArgumentException(file + ": $.schema=" + (root == null ? "" : root.path("schema").asText())
                    + " (expected: " + DeliveryResult.SCHEMA + ")");
        }
        return read(file, root);
    }

    /**
     * Read a result where there is one: other commands call theirs by the same name.
     *
     * @param file to read, or none
     * @return the result; empty if there is no such file, or it is another command's
     * @throws IOException              if it cannot be read
     * @throws IllegalArgumentException if it is not JSON, or a result with an error
     */
    public static Optional<DeliveryResult> find(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        final JsonNode root = tree(file);
        return isOne(root) ? Optional.of(read(file, root)) : Optional.empty();
    }

    private static JsonNode tree(final Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static boolean isOne(final JsonNode root) {
        return root != null && DeliveryResult.SCHEMA.equals(root.path("schema").asText());
    }

    private static DeliveryResult read(final Path file, final JsonNode root) throws IOException {
        final Optional<ValidationMessage> wrong = schema().validate(root).stream()
                .min(Comparator.comparing(message -> message.getInstanceLocation().toString()));
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(file + ": " + wrong.get().getMessage());
        }
        try {
            final DeliveryResult result = JSON.treeToValue(root, DeliveryResult.class);
            result.figures();
            return result;
        } catch (final JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonSchema schema() throws IOException {
        try (var in = DeliveryResultFile.class.getResourceAsStream("faultring-compare-1.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
        }
    }
}
