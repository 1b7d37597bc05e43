/** Request bodies in, answers out; controllers take {@link io.opsflow.api.json.Members} and return records. */
@NullMarked
package io.opsflow.web.json;

import org.jspecify.annotations.NullMarked;
