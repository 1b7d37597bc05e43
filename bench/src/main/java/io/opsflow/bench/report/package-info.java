/** What a run has found, for programs and for people; the parts of the bench fill it. */
@NullMarked
package io.opsflow.bench.report;

import org.jspecify.annotations.NullMarked;
