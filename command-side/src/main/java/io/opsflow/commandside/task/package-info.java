/**
 * The Task aggregate: decides commands, evolves by its events. Axon calls it; {@code rest} asks {@link
 * io.opsflow.commandside.task.EarlierTasks} to make an earlier answer again.
 */
@NullMarked
package io.opsflow.commandside.task;

import org.jspecify.annotations.NullMarked;
