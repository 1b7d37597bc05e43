/** The HTTP face of the read side: one controller a resource, one method a verb. */
@NullMarked
package io.opsflow.queryside.rest;

import org.jspecify.annotations.NullMarked;
