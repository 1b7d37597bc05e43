/** What the read model costs: building it anew, and how far it is behind the writes. */
@NullMarked
package io.opsflow.bench.readmodel;

import org.jspecify.annotations.NullMarked;
