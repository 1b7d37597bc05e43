/**
 * Which requests were answered, and with what: a row beside the events of a command whose client gave a key, so that it
 * may repeat the request and is answered as the first time.
 */
@NullMarked
package io.opsflow.commandside.eventstore.idempotency;

import org.jspecify.annotations.NullMarked;
