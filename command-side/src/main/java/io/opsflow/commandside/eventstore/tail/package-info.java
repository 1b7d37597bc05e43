/**
 * The store as a stream without an end: readers who follow what is appended, and the positions at which they are. {@code
 * relay} and {@code taskref} follow it, {@code tool} moves a position in their stead.
 */
@NullMarked
package io.opsflow.commandside.eventstore.tail;

import org.jspecify.annotations.NullMarked;
