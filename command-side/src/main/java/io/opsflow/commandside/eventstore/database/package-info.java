/** The event store's database: its settings, its schema, and the pools of those who append and of those who follow. */
@NullMarked
package io.opsflow.commandside.eventstore.database;

import org.jspecify.annotations.NullMarked;
