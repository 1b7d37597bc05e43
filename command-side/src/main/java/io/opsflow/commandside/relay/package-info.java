/**
 * Publishes the store's events to the topic, in their order, each at least once. It follows the tail of the store by
 * itself; {@code operation} asks how far it is, and {@code tool} publishes and reads the topic by its means.
 */
@NullMarked
package io.opsflow.commandside.relay;

import org.jspecify.annotations.NullMarked;
