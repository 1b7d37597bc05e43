/** The contract of task categories and task types, the catalog that gives tasks their statuses. */
@NullMarked
package io.opsflow.api.catalog;

import org.jspecify.annotations.NullMarked;
