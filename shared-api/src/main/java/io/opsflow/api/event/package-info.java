/** What stands on the topic: the event types by name, and the envelope that carries them. */
@NullMarked
package io.opsflow.api.event;

import org.jspecify.annotations.NullMarked;
