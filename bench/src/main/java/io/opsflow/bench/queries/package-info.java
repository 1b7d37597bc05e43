/** Queries of the service beside the best SQL by hand. */
@NullMarked
package io.opsflow.bench.queries;

import org.jspecify.annotations.NullMarked;
