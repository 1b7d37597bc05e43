/**
 * The event store: an append-only table in PostgreSQL whose order is its index, behind Axon's storage engine. Axon
 * calls it; decisions tell it what they read and whose events they emit, {@code rest} asks which requests were answered,
 * and the relay and the tools read its tail.
 */
@NullMarked
package io.opsflow.commandside.eventstore;

import org.jspecify.annotations.NullMarked;
