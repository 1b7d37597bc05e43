/**
 * Compiles the query language to one SQL statement over the read model's tables and runs it. Nothing a caller sent ever
 * becomes part of the SQL text, and every query reads from the derived table that holds what its caller may see.
 */
@NullMarked
package io.opsflow.queryside.query;

import org.jspecify.annotations.NullMarked;
