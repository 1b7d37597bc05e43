/**
 * The generations of the read model: which there are, which one is read, and how one takes the place of another. Knows
 * schemas, not what is in their tables nor who fills them.
 */
@NullMarked
package io.opsflow.queryside.generation;

import org.jspecify.annotations.NullMarked;
