/** Tests of the query language against a real PostgreSQL. */
@NullMarked
package io.opsflow.queryside.query;

import org.jspecify.annotations.NullMarked;
