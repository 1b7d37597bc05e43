/** Commands of the service beside plain inserts and beside Axon's own engine, on one PostgreSQL. */
@NullMarked
package io.opsflow.bench.commands;

import org.jspecify.annotations.NullMarked;
