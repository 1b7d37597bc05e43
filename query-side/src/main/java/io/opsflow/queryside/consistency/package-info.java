/**
 * Lets a read wait until the read model holds what the caller wants to see. Whoever answers a read calls
 * {@link io.opsflow.queryside.consistency.Consistency} first; whoever writes the read model tells the listeners.
 */
@NullMarked
package io.opsflow.queryside.consistency;

import org.jspecify.annotations.NullMarked;
