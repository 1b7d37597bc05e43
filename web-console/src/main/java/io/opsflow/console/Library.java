package io.opsflow.console;

/**
 * A file of a WebJar that the page uses.
 *
 * @param file what the page calls it
 * @param location where it lies, with {@code *} for the version
 */
record Library(String file, String location) {

    private static final String WEBJARS = "META-INF/resources/webjars/";

    static final Library[] ALL = {
        new Library("lib/marked.js", WEBJARS + "marked/*/lib/marked.esm.js"),
        new Library("lib/preact.js", WEBJARS + "preact/*/dist/preact.mjs"),
        new Library("lib/preact-hooks.js", WEBJARS + "preact/*/hooks/dist/hooks.mjs"),
        new Library("lib/uplot.css", WEBJARS + "uplot/*/dist/uPlot.min.css"),
        new Library("lib/uplot.js", WEBJARS + "uplot/*/dist/uPlot.esm.js"),
    };

    /**
     * A library names another one as npm does, which a browser understands only with an import map, and that would be an
     * inline script. References to maps that are not served go as well.
     */
    static String asServed(String source) {
        return source.replace("from\"preact\"", "from\"./preact.js\"").replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }
}
