/** Serves the page. The page itself lies under {@code resources/console} and knows nothing but the public API. */
@NullMarked
package io.opsflow.console;

import org.jspecify.annotations.NullMarked;
