/** What admins of the system see of the event store, and of how far its events have come. */
@NullMarked
package io.opsflow.commandside.operation;

import org.jspecify.annotations.NullMarked;
