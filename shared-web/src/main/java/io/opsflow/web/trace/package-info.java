/**
 * One trace from a request to the read model, told to an OpenTelemetry collector where one is configured. Both sides
 * begin the steps of their work here; without a collector there is nothing behind it.
 */
@NullMarked
package io.opsflow.web.trace;

import org.jspecify.annotations.NullMarked;
