/** JSON as this API reads and writes it; the only place that knows which spellings and empty values a client may send. */
@NullMarked
package io.opsflow.api.json;

import org.jspecify.annotations.NullMarked;
