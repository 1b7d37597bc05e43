/** Tasks as rows of the read model, and the read by id. Only the projection evolves a row. */
@NullMarked
package io.opsflow.queryside.task;

import org.jspecify.annotations.NullMarked;
