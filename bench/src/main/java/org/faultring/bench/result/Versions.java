/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Versions of this program and its libraries, written down by the build. */
public final class Versions {

    private Versions() {}

    /**
     * All of them.
     *
     * @return version by name, in alphabetical order
     */
    public static Map<String, String> all() {
        final Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            properties.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Map<String, String> versions = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> versions.put(name, properties.getProperty(name)));
        return versions;
    }

    /**
     * Version of this program.
     *
     * @return the version
     */
    public static String faultring() {
        return all().get("faultring");
    }
}
