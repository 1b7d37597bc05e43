/** How a missing or wrong setting ends the start: with one sentence. Any module may refuse its settings this way. */
@NullMarked
package io.opsflow.web.setting;

import org.jspecify.annotations.NullMarked;
