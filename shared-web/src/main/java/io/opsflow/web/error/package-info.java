/** Every failure becomes the contract's answer here, wherever it happened; the only place that writes error bodies. */
@NullMarked
package io.opsflow.web.error;

import org.jspecify.annotations.NullMarked;
