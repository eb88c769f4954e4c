/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other projects can compile against is what {@code docs/api} lists: everything public or protected in an exported
 * package. A wanted change is written there by running this test with {@code -Dapi.renew=true}.
 */
class PublicApiTest {

    private static final Pattern EXPORT = Pattern.compile("^\\s*exports ([\\w.]+);", Pattern.MULTILINE);
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"ring", "hwmodel"})
    void shouldBeTheApiThatIsListed(final String module) throws Exception {
        final Path list = ROOT.resolve("docs/api/" + module + ".txt");
        final List<String> api = listing(ROOT.resolve(module + "/src/main/java"));
        assertFalse(api.isEmpty(), "no exported package found in " + module);
        if (Boolean.getBoolean("api.renew")) {
            Files.write(list, api);
        }

        final List<String> listed = Files.readAllLines(list);

        assertEquals("", differences(listed, api),
                () -> "The public API of " + module + " is not what docs/api/" + module
                        + ".txt lists (- listed, + compiled). If that is wanted:"
                        + " mvn verify -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.renew=true");
    }

    private static String differences(final List<String> listed, final List<String> api) {
        final Set<String> gone = new TreeSet<>(listed);
        api.forEach(gone::remove);
        final Set<String> added = new TreeSet<>(api);
        listed.forEach(added::remove);
        final StringBuilder text = new StringBuilder();
        gone.forEach(line -> text.append("\n- ").append(line));
        added.forEach(line -> text.append("\n+ ").append(line));
        return text.toString();
    }

    private static List<String> listing(final Path sources) throws IOException, ClassNotFoundException {
        final Set<String> lines = new TreeSet<>();
        final List<String> packages = EXPORT.matcher(Files.readString(sources.resolve("module-info.java"))).results()
                .map((final MatchResult found) -> found.group(1)).toList();
        for (final String exported : packages) {
            try (Stream<Path> files = Files.list(sources.resolve(exported.replace('.', '/')))) {
                for (final Path file : files.toList()) {
                    final String name = file.getFileName().toString();
                    if (name.endsWith(".java") && !name.equals("package-info.java")) {
                        list(Class.forName(exported + '.' + name.substring(0, name.length() - 5), false,
                                PublicApiTest.class.getClassLoader()), lines);
                    }
                }
            }
        }
        return new ArrayList<>(lines);
    }

    private static void list(final Class<?> type, final Set<String> lines) {
        if (!isVisible(type.getModifiers())) {
            return;
        }
        final String parent = type.getGenericSuperclass() == null || type.getGenericSuperclass() == Object.class ? ""
                : " extends " + type.getGenericSuperclass().getTypeName();
        final String interfaces = type.getGenericInterfaces().length == 0 ? ""
                : " with " + String.join(", ", Arrays.stream(type.getGenericInterfaces())
                        .map(java.lang.reflect.Type::getTypeName).toList());
        lines.add(type.getName() + ": " + type.toGenericString() + parent + interfaces);
        members(type, type.getDeclaredFields(), lines);
        members(type, type.getDeclaredConstructors(), lines);
        members(type, type.getDeclaredMethods(), lines);
        for (final Class<?> nested : type.getDeclaredClasses()) {
            list(nested, lines);
        }
    }

    private static void members(final Class<?> type, final Member[] members, final Set<String> lines) {
        for (final Member member : members) {
            if (isVisible(member.getModifiers()) && !member.isSynthetic()) {
                lines.add(type.getName() + ": " + generic(member));
            }
        }
    }

    private static String generic(final Member member) {
        return member instanceof java.lang.reflect.Field field ? field.toGenericString()
                : ((java.lang.reflect.Executable) member).toGenericString();
    }

    private static boolean isVisible(final int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
