/** The aggregates TaskCategory and TaskType, and the view of them that other aggregates decide by. */
@NullMarked
package io.opsflow.commandside.catalog;

import org.jspecify.annotations.NullMarked;
