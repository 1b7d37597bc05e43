/** How the log is written. What its lines say of a request is put there by those who know it. */
@NullMarked
package io.opsflow.web.log;

import org.jspecify.annotations.NullMarked;
