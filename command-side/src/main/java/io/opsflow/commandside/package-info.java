/** The command side: takes commands over HTTP, decides them on aggregates, keeps their events and relays them. */
@NullMarked
package io.opsflow.commandside;

import org.jspecify.annotations.NullMarked;
