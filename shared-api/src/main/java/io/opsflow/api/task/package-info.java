/** The task's half of the contract: its commands, its events and what answers about it. */
@NullMarked
package io.opsflow.api.task;

import org.jspecify.annotations.NullMarked;
