/** How a request is refused: one exception, one table of codes; thrown anywhere, answered by the HTTP face. */
@NullMarked
package io.opsflow.api.error;

import org.jspecify.annotations.NullMarked;
