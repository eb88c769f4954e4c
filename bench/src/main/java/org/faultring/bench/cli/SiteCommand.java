/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.site.Site;
import org.faultring.bench.site.SiteUnavailableException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring site}: the documentation as pages. */
@Command(name = "site", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Make pages of the documentation, with examples, results and Javadoc, for a browser without a "
                + "network.",
        footer = {"",
            "Exit code: 0 fine, 1 a link leads nowhere, 2 bad input, 3 the pages could not be made here.",
            "",
            "Example: faultring site --out site"})
final class SiteCommand implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "DIR", required = true,
            description = "Folder for the pages: a new one, or one that holds such pages, which are made anew.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Path project = Path.of(System.getProperty(ResultNames.HOME_PROPERTY, ""));
        try (ProgressLine progress = ProgressLine.of("site", System.err, Terminal.isThere())) {
            return ended(Site.write(project, out, step -> progress.at(step.equals("Javadoc") ? 0 : 0.8, step)));
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        } catch (final SiteUnavailableException e) {
            return cannot(e.getMessage());
        } catch (final IOException e) {
            return cannot(IoReason.of(e));
        }
    }

    private int ended(final List<String> broken) {
        if (broken.isEmpty()) {
            spec.commandLine().getOut().println("site: " + out.resolve(Site.ENTRY));
            return ExitCode.OK;
        }
        broken.forEach(link -> spec.commandLine().getErr().println("faultring site: leads nowhere: " + link));
        return ExitCode.WRONG_RESULT;
    }

    private int cannot(final String reason) {
        spec.commandLine().getErr().println("faultring site: cannot make " + out + ": " + reason);
        return ExitCode.CANNOT_RUN;
    }
}
