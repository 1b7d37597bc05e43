/** What answers about the past: audit events, and the history of a task. */
@NullMarked
package io.opsflow.api.audit;

import org.jspecify.annotations.NullMarked;
