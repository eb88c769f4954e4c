/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of a package and those below it, found where one of them was loaded from: a folder or a jar. */
final class ClassPath {

    private ClassPath() {}

    static List<Class<?>> classesBeside(final Class<?> member) throws IOException, URISyntaxException {
        final Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return classes(place, member.getPackageName());
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classes(jar.getPath("/"), member.getPackageName());
        }
    }

    private static List<Class<?>> classes(final Path root, final String packageName) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(packageName.replace('.', '/')))) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted().<Class<?>>map(ClassPath::load).toList();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Class<?> load(final String name) {
        try {
            return Class.forName(name, false, ClassPath.class.getClassLoader());
        } catch (final ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
