/** Folds events onto the rows of the read model, a batch at a time. Called by the feed alone, within its transaction. */
@NullMarked
package io.opsflow.queryside.projection;

import org.jspecify.annotations.NullMarked;
