/** The read side: started by its own main class or imported, as {@code QuerySideConfiguration}, by standalone. */
@NullMarked
package io.opsflow.queryside;

import org.jspecify.annotations.NullMarked;
