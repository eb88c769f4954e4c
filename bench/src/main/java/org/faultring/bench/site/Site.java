/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The documentation as a folder of pages: text, examples, results and Javadoc, for a browser without a network. */
public final class Site {

    /** The page to open first. */
    public static final String ENTRY = "index.html";

    /** Says that a folder was made here, and may be made anew. */
    private static final String MARK = ".faultring-site";

    private final Path project;
    private final Path out;
    private final SiteMap map;
    private final SiteLinks links;
    private final PageFrame frame;

    private Site(final Path project, final Path out) throws IOException {
        this.project = project;
        this.out = out;
        map = SiteMap.of(project);
        links = new SiteLinks(project, map);
        frame = new PageFrame(map);
    }

    /**
     * Make the site.
     *
     * @param project  folder of the project's sources
     * @param out      folder for the site; one that was made by this method is made anew
     * @param progress told what is being done
     * @return links that lead nowhere, as {@code page: link}; empty if all is well
     * @throws IOException              if a file cannot be read or written
     * @throws IllegalArgumentException if the folder holds something else
     * @throws SiteUnavailableException if the project is none, or this Java has no javadoc
     */
    public static List<String> write(final Path project, final Path out, final Consumer<String> progress)
            throws IOException {
        if (!Files.isRegularFile(project.resolve(SiteMap.HOME))) {
            throw new SiteUnavailableException(
                    "there are no sources in " + project.toAbsolutePath().normalize() + ": start it as ./faultring");
        }
        clear(out);
        return new Site(project, out).write(progress);
    }

    private static void clear(final Path out) throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        final boolean isOurs = Files.isRegularFile(out.resolve(MARK));
        try (Stream<Path> files = Files.walk(out)) {
            final List<Path> all = files.sorted(Comparator.reverseOrder()).filter(file -> !file.equals(out)).toList();
            if (!isOurs && (!all.isEmpty() || !Files.isDirectory(out))) {
                throw new IllegalArgumentException(
                        "out=" + out + " (expected: a new folder, an empty one, or one that holds such a site)");
            }
            for (final Path file : all) {
                Files.delete(file);
            }
        }
    }

    private List<String> write(final Consumer<String> progress) throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve(MARK), "");
        progress.accept("Javadoc");
        final Path api = out.resolve(PageFrame.API);
        Javadoc.write(project, api);
        final ApiIndex index = ApiIndex.read(api);
        progress.accept("pages");
        final ResultFiles results = new ResultFiles(project, links);
        for (final SitePage page : map.pages()) {
            writePage(page, index, results);
        }
        for (final String file : links.files()) {
            writeFile(file);
        }
        for (final String file : PageFrame.FILES) {
            put(file, PageFrame.resource(file));
        }
        return links.broken();
    }

    private void writePage(final SitePage page, final ApiIndex index, final ResultFiles results) throws IOException {
        final Markdown text = new Markdown(Files.readString(project.resolve(page.source())))
                .withLinks(destination -> links.href(page, destination)).withCodeLinks(code -> {
                    final String file = index.fileOf(code);
                    return file == null ? null : page.pathTo(PageFrame.API + "/" + file);
                });
        put(page.target(), frame.page(page, text, text.html() + results.html(page, out)));
    }

    private void writeFile(final String file) throws IOException {
        if (CodePage.isCode(file)) {
            final String name = Path.of(file).getFileName().toString();
            put(CodePage.target(file), frame.page(CodePage.target(file), name,
                    CodePage.html(name, Files.readString(project.resolve(file)))));
        } else {
            final Path target = out.resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(project.resolve(file), target);
        }
    }

    private void put(final String file, final String text) throws IOException {
        final Path target = out.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
