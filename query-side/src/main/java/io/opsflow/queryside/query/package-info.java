/**
 * Compiles the query language to one SQL statement over the read model's tables and runs it. What a caller sent is a bind
 * value, or a literal that jOOQ quotes (long lists, numbers of pages), and is never joined to SQL as text; every query
 * reads from the derived table that holds what its caller may see.
 */
@NullMarked
package io.opsflow.queryside.query;

import org.jspecify.annotations.NullMarked;
