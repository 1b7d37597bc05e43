/** The read side's log of all events: written by the feed, read by everybody who tells of the past. */
@NullMarked
package io.opsflow.queryside.log;

import org.jspecify.annotations.NullMarked;
