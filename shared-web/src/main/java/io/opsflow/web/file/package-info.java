/** Where files that tasks name are downloaded from; the service keeps their ids alone. */
@NullMarked
package io.opsflow.web.file;

import org.jspecify.annotations.NullMarked;
