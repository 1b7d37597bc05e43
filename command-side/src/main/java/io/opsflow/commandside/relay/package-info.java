/** Publishes the store's events to the topic, in their order, each at least once. Nobody calls it; it follows the tail. */
@NullMarked
package io.opsflow.commandside.relay;

import org.jspecify.annotations.NullMarked;
