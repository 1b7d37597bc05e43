/**
 * What tasks hold of the catalog, for its rules that span tasks, and what follows when a status is taken away from them.
 * Called by Axon, and by decisions through {@link io.opsflow.commandside.catalog.TaskRefs}.
 */
@NullMarked
package io.opsflow.commandside.taskref;

import org.jspecify.annotations.NullMarked;
