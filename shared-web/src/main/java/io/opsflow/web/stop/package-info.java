/**
 * How a process leaves: it takes no more connections, answers what comes on those it has and asks each to be given up,
 * and only then stops what answers rest on.
 */
@NullMarked
package io.opsflow.web.stop;

import org.jspecify.annotations.NullMarked;
