/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of sizes in a browser, where this machine has one. Pictures are left under {@code target/report}. */
@Timeout(300)
class TuningBrowserTest {

    private static final Path PICTURES = Path.of("target", "report");

    private static Browser browser;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.startOrSkip();
        final Path folder = Files.createDirectories(PICTURES.resolve("tuning"));
        Files.writeString(folder.resolve(TuningPage.TUNING), TuningPageTest.tuning());
        Files.write(folder.resolve(TuningPage.SWEEP), TuningPageTest.sweep());
        address = Files.writeString(PICTURES.resolve("tuning.html"), TuningPage.of(List.of(folder))).toUri()
                .toString();
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void shouldDrawEveryFigureWithoutAnErrorOrARequest() throws Exception {
        browser.size(1280, 900);
        browser.open(address + "?theme=light");
        browser.drawAll();
        // Two knees, overflow over one, occupancy and loads of the answer; map and front of the sweep.
        assertEquals(7, browser.count(".chart svg"));
        assertEquals(2, browser.count("[data-table=\"tuning-1-sizes\"] tbody tr"));
        assertEquals(1, browser.count("[data-table=\"tuning-1-bounds\"] tbody tr"));
        assertEquals(1, browser.count("[data-table=\"tuning-1-prices\"] tbody tr"));
        assertEquals(3, browser.count("[data-table=\"sweep-1-front\"] tbody tr"));
        assertEquals(browser.count("figure"), browser.count("figure figcaption button"),
                "each figure can be downloaded");
        assertTrue(browser.evaluate("document.querySelector('h2').textContent").asText().contains("<b>"),
                "text is text");
        browser.assertQuiet();
    }

    @Test
    void shouldFitAPhoneAndADesktopInLightAndDark() throws Exception {
        for (final String theme : List.of("light", "dark")) {
            for (final int width : new int[] {390, 1280}) {
                browser.size(width, 900);
                browser.open(address + "?theme=" + theme);
                browser.drawAll();
                browser.shootFitting(width, PICTURES.resolve("tuning-" + theme + "-" + width + ".png"));
            }
        }
    }

    @Test
    void shouldGiveItsFiguresAsCsv() throws Exception {
        browser.size(1280, 900);
        browser.open(address + "?theme=light");
        browser.evaluate("HTMLAnchorElement.prototype.click = function () { window.taken = this.href; }");
        browser.evaluate("document.querySelector('[data-figure=\"tuning-1-knee-iommu.queue\"] button').click()");
        final String csv = browser.evaluate("decodeURIComponent(window.taken)").asText();
        assertTrue(csv.contains("value,p50 ns,p99 ns"), csv);
        assertTrue(csv.contains("128,9000,300000"), csv);
    }
}
