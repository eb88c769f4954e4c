/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.faultring.bench.page.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The site in a browser; pictures of it stay in {@code target/site}. */
class SiteBrowserTest {

    private static final Path PICTURES = Path.of("target", "site");
    private static final Path SITE = PICTURES.resolve("pages").toAbsolutePath();
    private static final List<String> PAGES = List.of("index.html", "docs/hardware.html",
            "docs/examples/src/main/java/OwnDevice.java.html",
            "jmh-results/2026-11-26-amd-epyc-2-cores-compare/index.html");

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.startOrSkip();
        Site.write(Path.of(".."), SITE, step -> {});
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static String address(final String page) {
        return SITE.resolve(page).toUri().toString();
    }

    @Test
    void shouldFitAPhoneAndADesktopInLightAndDark() throws Exception {
        for (final String page : PAGES) {
            for (final String theme : List.of("light", "dark")) {
                for (final int width : new int[] {390, 1280}) {
                    browser.size(width, 900);
                    browser.open(address(page) + "?theme=" + theme);
                    browser.shootFitting(width, PICTURES
                            .resolve(page.replace('/', '-') + "-" + theme + "-" + width + ".png"));
                }
            }
        }
        assertEquals(List.of(), browser.problems());
        assertTrue(browser.requests().stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")
                || url.equals("about:blank")), () -> browser.requests().toString());
    }

    @Test
    void shouldHaveReadableContrastInBothThemes() throws Exception {
        browser.size(1280, 900);
        for (final String theme : List.of("light", "dark")) {
            browser.open(address("index.html") + "?theme=" + theme);
            for (final String selector : List.of("main p", "main li", "main a", "#navigation a", "pre code")) {
                assertTrue(contrast(selector) >= 4.5,
                        () -> selector + " has a contrast of " + contrast(selector) + " in " + theme);
            }
        }
    }

    /** As WCAG 2 defines it, of an element's text on what is behind it. */
    private static double contrast(final String selector) {
        return browser.evaluate("""
                (() => {
                  const light = colour => {
                    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
                      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
                  };
                  const element = document.querySelector('SELECTOR');
                  let behind = element;
                  while (getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') {
                    behind = behind.parentElement;
                  }
                  const both = [light(getComputedStyle(element).color),
                    light(getComputedStyle(behind).backgroundColor)].sort((a, b) => a - b);
                  return (both[1] + 0.05) / (both[0] + 0.05);
                })()""".replace("SELECTOR", selector)).asDouble();
    }

    @Test
    void shouldBeUsableByKeyboard() throws Exception {
        browser.size(1280, 900);
        browser.open(address("docs/path.html") + "?theme=light");
        browser.press("Tab", 9);
        assertEquals("#text", browser.evaluate("document.activeElement.getAttribute('href')").asText());
        browser.evaluate("document.getElementById('theme').focus()");
        browser.press("Enter", 13);
        browser.await("document.documentElement.dataset.theme === 'dark'");
    }

    @Test
    void shouldShowTheHeadingThatALinkNames() throws Exception {
        browser.size(1280, 900);
        browser.open(address("docs/path.html") + "?theme=light#books");
        final double top =
                browser.evaluate("document.getElementById('books').getBoundingClientRect().top").asDouble();
        final double below =
                browser.evaluate("document.querySelector('.top').getBoundingClientRect().bottom").asDouble();
        assertTrue(top >= below && top < 200, () -> "the heading is at " + top + ", below " + below);
        assertEquals("The path", browser.evaluate("document.querySelector('[aria-current]').textContent").asText());
    }

    @Test
    void shouldOpenTheJavadoc() throws Exception {
        browser.size(1280, 900);
        browser.open(address("index.html") + "?theme=light");
        browser.evaluate("document.querySelector('#navigation a[href^=api]').click()");
        browser.await("document.readyState === 'complete' && location.href.includes('/api/')");
        assertTrue(browser.evaluate("document.body.textContent").asText().contains("org.faultring.hwmodel.path"));
        assertEquals(address("index.html"),
                browser.evaluate("document.querySelector('.about-language a').href").asText());
    }
}
