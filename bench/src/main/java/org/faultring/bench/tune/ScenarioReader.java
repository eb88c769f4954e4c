/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads a scenario from YAML, strictly: what it does not know is an error, with its line and the nearest that it knows.
 */
public final class ScenarioReader {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final String source;
    private final Map<ScenarioKey, String> values = new EnumMap<>(ScenarioKey.class);
    private final Map<ScenarioKey, Integer> lines = new EnumMap<>(ScenarioKey.class);

    private ScenarioReader(final String source) {
        this.source = source;
    }

    /**
     * Read a scenario.
     *
     * @param source name of the text, for messages
     * @param yaml   the text
     * @return the scenario
     * @throws IllegalArgumentException if it is not one; the message has the line
     */
    public static Scenario read(final String source, final String yaml) {
        final ScenarioReader reader = new ScenarioReader(source);
        try (Reader text = new StringReader(yaml); JsonParser parser = YAML.createParser(text)) {
            reader.readAll(parser);
        } catch (final JsonProcessingException e) {
            final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(source + ", line " + line + ": not YAML (" + e.getOriginalMessage()
                    .lines().findFirst().orElse("") + ")", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
        return reader.scenario();
    }

    private void readAll(final JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refused(parser, "no scenario (expected: keys with values)");
        }
        readObject(parser, "");
        if (parser.nextToken() != null) {
            throw refused(parser, "a second document (expected: one scenario)");
        }
    }

    private void readObject(final JsonParser parser, final String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = prefix + parser.currentName();
            final int line = parser.currentTokenLocation().getLineNr();
            final JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && prefix.isEmpty() && isSection(name)) {
                readObject(parser, name + ".");
                continue;
            }
            final ScenarioKey key = ScenarioKey.find(name).orElseThrow(() -> new IllegalArgumentException(source
                    + ", line " + line + ": unknown key " + name + " (the nearest is " + ScenarioKey.nearest(name)
                    + ")"));
            if (token == JsonToken.START_OBJECT) {
                throw refused(parser, name + " has keys below it (expected: " + key.kind().expected() + ")");
            }
            if (values.putIfAbsent(key, token == JsonToken.START_ARRAY ? list(parser, name) : text(parser)) != null) {
                throw new IllegalArgumentException(source + ", line " + line + ": " + name
                        + " again (expected: once, line " + lines.get(key) + ")");
            }
            lines.put(key, line);
            if (!key.kind().admits(values.get(key))) {
                throw new IllegalArgumentException(source + ", line " + line + ": " + key + "=" + values.get(key)
                        + " (expected: " + key.kind().expected() + ")");
            }
        }
    }

    private static boolean isSection(final String name) {
        for (final ScenarioKey key : ScenarioKey.values()) {
            if (key.key().startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }

    private static String text(final JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private String list(final JsonParser parser, final String name) throws IOException {
        final StringJoiner words = new StringJoiner(" ");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                throw refused(parser, name + " has more than words in its list");
            }
            words.add(text(parser));
        }
        return words.toString();
    }

    private IllegalArgumentException refused(final JsonParser parser, final String what) {
        return new IllegalArgumentException(source + ", line " + parser.currentTokenLocation().getLineNr() + ": "
                + what);
    }

    /** Values that do not go together are known by their key. */
    private Scenario scenario() {
        try {
            return Scenario.of(values);
        } catch (final IllegalArgumentException e) {
            final String name = e.getMessage().substring(0, Math.max(0, e.getMessage().indexOf('=')));
            final Integer line = ScenarioKey.find(name).map(lines::get).orElse(null);
            throw new IllegalArgumentException(source + (line == null ? "" : ", line " + line) + ": "
                    + e.getMessage(), e);
        }
    }
}
