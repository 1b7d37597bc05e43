/** Measures what the service costs, beside the same done by hand, in one run on one machine; nobody calls it. */
@NullMarked
package io.opsflow.bench;

import org.jspecify.annotations.NullMarked;
