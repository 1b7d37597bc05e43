/** Categories and types as rows of the read model, and the read by id. Only the projection evolves a row. */
@NullMarked
package io.opsflow.queryside.catalog;

import org.jspecify.annotations.NullMarked;
