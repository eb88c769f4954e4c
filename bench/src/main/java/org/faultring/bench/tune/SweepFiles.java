/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The files of a sweep. While it runs, {@code sweep.partial} has a line of what it is and one for each run that is
 * done, in any order; the last may be torn. At the end {@code sweep.jsonl} has them in the order of the sweep,
 * {@code sweep.csv} the same as a table, {@code sweep.id} what it was, and the partial file is gone.
 */
public final class SweepFiles implements AutoCloseable {

    /** Name of the result. */
    public static final String LINES = "sweep.jsonl";

    private static final String TABLE = "sweep.csv";
    private static final String ID = "sweep.id";
    private static final String PARTIAL = "sweep.partial";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final TreeMap<Integer, String> done = new TreeMap<>();
    private final BufferedWriter writer;

    private SweepFiles(final Path folder, final String id) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        final Path partial = folder.resolve(PARTIAL);
        if (Files.exists(folder.resolve(LINES))) {
            check(Files.readString(folder.resolve(ID)).strip(), id);
            readInto(done, Files.readAllLines(folder.resolve(LINES)));
        } else if (Files.exists(partial)) {
            final List<String> lines = Files.readAllLines(partial);
            check(lines.isEmpty() ? "" : lines.get(0), id);
            readInto(done, lines.subList(1, lines.size()));
        }
        // Anew, so that a torn line is gone.
        writer = Files.newBufferedWriter(partial, StandardCharsets.UTF_8);
        add(id);
        for (final String line : done.values()) {
            add(line);
        }
    }

    /**
     * Open the files of a sweep, or make them.
     *
     * @param folder of the files
     * @param id     what the sweep is
     * @return the files
     * @throws IOException              if they cannot be read or written
     * @throws IllegalArgumentException if they are of another sweep
     */
    static SweepFiles open(final Path folder, final String id) throws IOException {
        return new SweepFiles(folder, id);
    }

    private void check(final String found, final String id) {
        if (!found.equals(id)) {
            throw new IllegalArgumentException("out=" + folder + " (expected: a folder without another sweep, this one "
                    + "is " + id + ", there is " + found + ")");
        }
    }

    private static void readInto(final Map<Integer, String> done, final List<String> lines) {
        for (final String line : lines) {
            try {
                final JsonNode run = JSON.readTree(line);
                if (run.path("end").asBoolean()) {
                    done.put(run.path("run").asInt(), line);
                }
            } catch (final JsonProcessingException e) {
                // Torn by the end of the last sweep: made again.
                continue;
            }
        }
    }

    /** What is done, by the number of the run. */
    TreeMap<Integer, String> done() {
        return new TreeMap<>(done);
    }

    /** A run as a line. */
    static String line(final SweepDesign.Run run, final Object measured) {
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("run", run.index());
        line.put("seed", run.seed());
        final Map<String, String> set = new LinkedHashMap<>();
        run.set().forEach((key, value) -> set.put(key.key(), value));
        line.put("set", set);
        if (measured instanceof Measures) {
            line.put("measures", measured);
        } else {
            line.put("refused", measured);
        }
        // Last, so that a line without it is torn.
        line.put("end", true);
        try {
            return JSON.writeValueAsString(line);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a run that cannot be JSON", e);
        }
    }

    /** Keep a line, on disk. */
    void add(final String line) throws IOException {
        writer.write(line);
        writer.newLine();
        writer.flush();
    }

    /** All is done: the files in their order. */
    void finish(final TreeMap<Integer, String> lines, final String id) throws IOException {
        writer.close();
        write(folder, lines, id);
        Files.deleteIfExists(folder.resolve(PARTIAL));
    }

    private static void write(final Path folder, final TreeMap<Integer, String> lines, final String id)
            throws IOException {
        Files.createDirectories(folder);
        replace(folder.resolve(ID), List.of(id));
        replace(folder.resolve(TABLE), table(lines));
        replace(folder.resolve(LINES), new ArrayList<>(lines.values()));
    }

    /** Whole or not at all. */
    private static void replace(final Path file, final List<String> lines) throws IOException {
        final Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, String.join("\n", lines) + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> table(final TreeMap<Integer, String> lines) throws IOException {
        final List<JsonNode> runs = new ArrayList<>();
        final Set<String> keys = new LinkedHashSet<>();
        final Set<String> measures = new LinkedHashSet<>();
        for (final String line : lines.values()) {
            final JsonNode run = JSON.readTree(line);
            runs.add(run);
            run.path("set").fieldNames().forEachRemaining(keys::add);
            run.path("measures").fieldNames().forEachRemaining(measures::add);
        }
        final List<String> table = new ArrayList<>();
        final List<String> head = new ArrayList<>(List.of("run", "seed"));
        head.addAll(keys);
        head.addAll(measures);
        table.add(String.join(",", head));
        for (final JsonNode run : runs) {
            final List<String> row = new ArrayList<>(List.of(run.path("run").asText(), run.path("seed").asText()));
            keys.forEach(key -> row.add(cell(run.path("set").path(key).asText())));
            measures.forEach(measure -> row.add(run.path("measures").path(measure).asText()));
            table.add(String.join(",", row));
        }
        return table;
    }

    private static String cell(final String value) {
        return value.matches("[^,\"\\s]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /**
     * Put shards together.
     *
     * @param shards folders of finished shards of one sweep
     * @param folder for the whole
     * @return lines by run
     * @throws IOException              if files cannot be read or written
     * @throws IllegalArgumentException if they are not the shards of one sweep, or not all
     */
    public static Map<Integer, String> merge(final List<Path> shards, final Path folder) throws IOException {
        final TreeMap<Integer, String> lines = new TreeMap<>();
        String fingerprint = null;
        int runs = 0;
        for (final Path shard : shards) {
            if (Files.notExists(shard.resolve(LINES)) || Files.notExists(shard.resolve(ID))) {
                throw new IllegalArgumentException("shard=" + shard + " (expected: a finished sweep)");
            }
            final String id = Files.readString(shard.resolve(ID)).strip();
            final String found = id.substring(0, id.indexOf(' '));
            if (fingerprint != null && !fingerprint.equals(found)) {
                throw new IllegalArgumentException("shard=" + shard + " (expected: a shard of " + fingerprint
                        + ", it is of " + found + ")");
            }
            fingerprint = found;
            runs = Integer.parseInt(found.substring(found.indexOf('-') + 1));
            readInto(lines, Files.readAllLines(shard.resolve(LINES)));
        }
        if (lines.size() != runs) {
            throw new IllegalArgumentException("shards=" + shards + " (expected: all " + runs + " runs, there are "
                    + lines.size() + ")");
        }
        write(folder, lines, fingerprint + " 1/1");
        return lines;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
