/**
 * The servers OpsFlow needs, inside this process: a real PostgreSQL, a real Kafka and an issuer of tokens. For standalone
 * and for tests; neither side's production code may call it.
 */
@NullMarked
package io.opsflow.embedded;

import org.jspecify.annotations.NullMarked;
