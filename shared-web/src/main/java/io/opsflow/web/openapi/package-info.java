/** The description of the API as it is published; what it says is in the resources of the same name. */
@NullMarked
package io.opsflow.web.openapi;

import org.jspecify.annotations.NullMarked;
