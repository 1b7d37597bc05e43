/** Who is calling and what they may see; made from a verified token, asked by both sides. */
@NullMarked
package io.opsflow.api.caller;

import org.jspecify.annotations.NullMarked;
