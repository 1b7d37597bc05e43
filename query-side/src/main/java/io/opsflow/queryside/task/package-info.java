/**
 * Tasks as rows of the read model, and the read by id. Only the projection writes a row; the audit and the tools evolve
 * rows in memory, to tell the past.
 */
@NullMarked
package io.opsflow.queryside.task;

import org.jspecify.annotations.NullMarked;
