/**
 * Between HTTP and the aggregates: takes a command to the aggregate that it names, has it decided again where it lost a
 * race, and measures it. Its configuration is all of Axon that commands pass through.
 */
@NullMarked
package io.opsflow.commandside.gateway;

import org.jspecify.annotations.NullMarked;
