/** Rows read and written many at once. Projections write by it; it knows neither events nor what rows mean. */
@NullMarked
package io.opsflow.queryside.table;

import org.jspecify.annotations.NullMarked;
