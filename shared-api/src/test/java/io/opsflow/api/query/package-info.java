/** Tests of the query language as a model. */
@NullMarked
package io.opsflow.api.query;

import org.jspecify.annotations.NullMarked;
