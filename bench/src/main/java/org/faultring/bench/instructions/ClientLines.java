/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads what the client prints; lines of others, which a machine's console has as well, are passed over.
 *
 * <pre>
 * faultring kernel release=R version="V"
 * faultring plan passes=P cells=N
 * faultring call name=NAME pass=P instructions=N
 * faultring cell DESIGN batch=N pass=P rounds=N instructions=N yields=N arrive=N trigger=N answer=N empty=N
 *     completions=N
 * faultring silent DESIGN batch=N pass=P
 * faultring wrong DESIGN batch=N pass=P what="TEXT"
 * faultring error TEXT
 * faultring end
 * </pre>
 *
 * Each is one line. DESIGN is
 * {@code form=F ring=R posted=N nonblock=0|1 answers=write|ring reader=awake|asleep}. One thread.
 */
public final class ClientLines {

    private static final String OURS = "faultring ";
    private static final String YIELD = "yield";

    private final Map<Place, List<Cell>> cells = new LinkedHashMap<>();
    private final Map<Place, String> wrongs = new LinkedHashMap<>();
    private final Map<String, List<Long>> calls = new LinkedHashMap<>();
    private final List<String> raw = new ArrayList<>();

    private String release = "";
    private String version = "";
    private String error;
    private String lastOfOthers = "";
    private long planned;
    private long done;
    private boolean ended;

    /** Nothing read yet. */
    public ClientLines() {}

    /** A design at a batch. */
    private record Place(Design design, int batch) {

        static Place of(final LineFields fields) {
            return new Place(fields.design(), fields.number("batch"));
        }
    }

    /**
     * Take a line.
     *
     * @param line of the machine's console
     * @throws IllegalArgumentException if it is the client's but cannot be understood
     */
    public void accept(final String line) {
        if (!line.startsWith(OURS)) {
            lastOfOthers = line.isBlank() ? lastOfOthers : line.strip();
            return;
        }
        raw.add(line);
        final String text = line.substring(OURS.length());
        final int blank = text.indexOf(' ');
        final String kind = blank < 0 ? text : text.substring(0, blank);
        final String rest = blank < 0 ? "" : text.substring(blank);
        try {
            take(kind, rest);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("line=" + line + " (expected: a line of the client): " + e.getMessage(),
                    e);
        }
    }

    private void take(final String kind, final String rest) {
        switch (kind) {
            case "kernel" -> takeKernel(new LineFields(rest));
            case "plan" -> takePlan(new LineFields(rest));
            case "call" -> takeCall(new LineFields(rest));
            case "cell" -> takeCell(new LineFields(rest));
            case "silent" -> takeSilent(new LineFields(rest));
            case "wrong" -> takeWrong(new LineFields(rest));
            case "error" -> error = rest.strip();
            case "end" -> ended = true;
            default -> throw new IllegalArgumentException(
                    "kind=" + kind + " (expected: kernel, plan, call, cell, silent, wrong, error, end)");
        }
    }

    private void takeKernel(final LineFields fields) {
        release = fields.text("release");
        version = fields.text("version");
    }

    private void takePlan(final LineFields fields) {
        planned = (long) fields.number("passes") * fields.number("cells");
    }

    private void takeCall(final LineFields fields) {
        calls.computeIfAbsent(fields.text("name"), name -> new ArrayList<>()).add(fields.count("instructions"));
    }

    private void takeCell(final LineFields fields) {
        cells.computeIfAbsent(Place.of(fields), place -> new ArrayList<>()).add(Cell.of(fields));
        done++;
    }

    private void takeSilent(final LineFields fields) {
        cells.computeIfAbsent(Place.of(fields), place -> new ArrayList<>());
        done++;
    }

    private void takeWrong(final LineFields fields) {
        final Place place = Place.of(fields);
        cells.computeIfAbsent(place, p -> new ArrayList<>());
        wrongs.putIfAbsent(place, fields.text("what"));
        done++;
    }

    /**
     * How far the client is.
     *
     * @return 0..1
     */
    public double progress() {
        return planned == 0 ? 0 : Math.min(1, (double) done / planned);
    }

    /**
     * Whether the client has come to its end.
     *
     * @return true if so, with or without wrong designs
     */
    public boolean isComplete() {
        return ended && error == null;
    }

    /**
     * Why there is no result.
     *
     * @return what the client says, else the last line somebody else has printed, else nothing
     */
    public String reason() {
        return error != null ? error : lastOfOthers;
    }

    /**
     * The lines of the client, to be kept.
     *
     * @return text, each line ended
     */
    public String raw() {
        return raw.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /**
     * The figures.
     *
     * @param name of the kernel
     * @return what was counted
     * @throws IllegalArgumentException if lines are missing without which nothing can be said
     */
    public CountedKernel counted(final String name) {
        final List<Figure> figures = new ArrayList<>();
        cells.forEach((place, passes) -> figures.add(figure(place, passes)));
        final Map<String, Double> callFigures = new LinkedHashMap<>();
        calls.forEach((call, passes) -> callFigures.put(call, mean(passes)));
        triggersAlone().forEach((batch, instructions) -> callFigures.put("trigger-" + batch, instructions));
        return new CountedKernel(name, release, version, callFigures, figures);
    }

    private Figure figure(final Place place, final List<Cell> passes) {
        if (wrongs.containsKey(place)) {
            return Figure.wrong(place.design, place.batch, wrongs.get(place));
        }
        if (passes.isEmpty()) {
            return Figure.silent(place.design, place.batch);
        }
        return new Passes(place.batch, passes, triggersAlone().get(place.batch), yieldAlone()).figure(place.design);
    }

    /** By batch: raising one fault of so many when nobody waits for it. */
    private Map<Integer, Double> triggersAlone() {
        final Map<Integer, Double> triggers = new TreeMap<>();
        cells.forEach((place, passes) -> {
            if (place.design.equals(Design.PLAIN_READ) && !passes.isEmpty()) {
                triggers.put(place.batch, mean(passes.stream().map(Cell::trigger).toList()) / place.batch);
            }
        });
        return triggers;
    }

    private double yieldAlone() {
        final List<Long> yields = calls.get(YIELD);
        if (yields == null) {
            throw new IllegalArgumentException("call=" + YIELD + " (expected: a line)");
        }
        return mean(yields);
    }

    private static double mean(final List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElseThrow();
    }
}
