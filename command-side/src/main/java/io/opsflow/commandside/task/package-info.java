/** The Task aggregate: decides commands, evolves by its events. Called by nobody but Axon. */
@NullMarked
package io.opsflow.commandside.task;

import org.jspecify.annotations.NullMarked;
