/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.faultring.bench.result.IndentedJson;
import org.faultring.bench.result.ResultFolder;

/** Writes and reads {@code experiment.json}; what it reads it holds against the schema first. */
public final class ExperimentFile {

    /** Name of the file in its folder. */
    public static final String NAME = "experiment.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExperimentFile() {}

    /**
     * A result as JSON.
     *
     * @param result to show
     * @return indented text, the last line ended
     */
    public static String json(final ExperimentResult result) {
        return IndentedJson.of(result) + "\n";
    }

    /**
     * Write a result.
     *
     * @param folder to write to
     * @param result to write
     * @return the file
     * @throws IOException if it cannot be written; it is not left half-written
     */
    public static Path write(final ResultFolder folder, final ExperimentResult result) throws IOException {
        return folder.replace(NAME, json(result));
    }

    /**
     * Whether a folder holds a result.
     *
     * @param folder to look into
     * @return true if there is a file of that name
     */
    public static boolean isIn(final Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /**
     * Read a result.
     *
     * @param file {@code experiment.json}
     * @return the result
     * @throws IOException              if it cannot be read
     * @throws IllegalArgumentException if it is not of this layout; the message names the first field that is not
     */
    public static ExperimentResult read(final Path file) throws IOException {
        try {
            final JsonNode root = JSON.readTree(Files.readString(file));
            if (root == null || !ExperimentResult.SCHEMA.equals(root.path("schema").asText())) {
                throw new IllegalArgumentException(file + ": $.schema="
                        + (root == null ? "" : root.path("schema").asText()) + " (expected: "
                        + ExperimentResult.SCHEMA + ")");
            }
            final Optional<ValidationMessage> wrong = schema().validate(root).stream()
                    .min(Comparator.comparing(message -> message.getInstanceLocation().toString()));
            if (wrong.isPresent()) {
                throw new IllegalArgumentException(file + ": " + wrong.get().getMessage());
            }
            return JSON.treeToValue(root, ExperimentResult.class);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not JSON of this layout: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonSchema schema() throws IOException {
        try (var in = ExperimentFile.class.getResourceAsStream("faultring-experiment-1.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
        }
    }
}
