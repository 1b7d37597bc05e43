/** Follows the topic and keeps, in one transaction, what was projected and how far it came. Nobody calls it: it runs. */
@NullMarked
package io.opsflow.queryside.feed;

import org.jspecify.annotations.NullMarked;
