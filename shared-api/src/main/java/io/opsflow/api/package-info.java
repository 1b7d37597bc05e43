/** What all parts of the contract share. */
@NullMarked
package io.opsflow.api;

import org.jspecify.annotations.NullMarked;
