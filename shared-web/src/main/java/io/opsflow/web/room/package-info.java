/** Memory that requests take together: how much there is, whose share is taken, and who is refused. */
@NullMarked
package io.opsflow.web.room;

import org.jspecify.annotations.NullMarked;
