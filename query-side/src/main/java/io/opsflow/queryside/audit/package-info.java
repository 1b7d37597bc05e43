/**
 * What happened to tasks, and what they were: the audit's rows, which only the projection makes, and reads of the event
 * log.
 */
@NullMarked
package io.opsflow.queryside.audit;

import org.jspecify.annotations.NullMarked;
