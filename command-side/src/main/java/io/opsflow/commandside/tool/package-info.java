/** The tools of the command side, which look at the event store and the topic. */
@NullMarked
package io.opsflow.commandside.tool;

import org.jspecify.annotations.NullMarked;
