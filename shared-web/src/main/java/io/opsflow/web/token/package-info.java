/** Who is calling: bearer tokens, the keys they are verified with, and the Caller that controllers ask for. */
@NullMarked
package io.opsflow.web.token;

import org.jspecify.annotations.NullMarked;
