/**
 * Streams the events of tasks to whoever subscribes, as they stand in the event log: {@code LogTail} follows the log for
 * all, a {@code Stream} serves one. Asked by the HTTP face.
 */
@NullMarked
package io.opsflow.queryside.subscription;

import org.jspecify.annotations.NullMarked;
