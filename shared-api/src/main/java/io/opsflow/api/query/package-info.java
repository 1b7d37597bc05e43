/**
 * The query language of list and stat as a checked model: what a client sent is read, resolved against the fields of a
 * resource and refused here with the place of its first problem; whoever answers a query only meets valid ones.
 */
@NullMarked
package io.opsflow.api.query;

import org.jspecify.annotations.NullMarked;
