/**
 * The event store: an append-only table in PostgreSQL whose order is its index, behind Axon's storage engine. Called by
 * Axon; aggregates only tell it what they read and whose events they emit.
 */
@NullMarked
package io.opsflow.commandside.eventstore;

import org.jspecify.annotations.NullMarked;
