/**
 * The event store: an append-only table in PostgreSQL whose order is its index, behind Axon's storage engine. Axon
 * calls it, and decisions tell it what they read and whose events they emit. It stands on its {@code database} and on
 * {@code idempotency}, which {@code rest} asks which requests were answered; relay and tools follow its {@code tail}.
 */
@NullMarked
package io.opsflow.commandside.eventstore;

import org.jspecify.annotations.NullMarked;
