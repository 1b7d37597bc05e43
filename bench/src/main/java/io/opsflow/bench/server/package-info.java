/** Real servers and the packaged sides as processes on them, for every part that measures what is deployed. */
@NullMarked
package io.opsflow.bench.server;

import org.jspecify.annotations.NullMarked;
