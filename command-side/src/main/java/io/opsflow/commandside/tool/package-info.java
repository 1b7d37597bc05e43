/** The tools of the command side: they check the event store and the topic, and fill either again from the other. */
@NullMarked
package io.opsflow.commandside.tool;

import org.jspecify.annotations.NullMarked;
