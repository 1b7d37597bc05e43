/** What the metrics of both sides have in common. {@code docs/metrics.md} tells what each of them means. */
@NullMarked
package io.opsflow.web.meter;

import org.jspecify.annotations.NullMarked;
