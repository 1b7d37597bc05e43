/**
 * Settings are components of records, each with its meaning in the record's Javadoc and its rules in the constructor by
 * {@link SettingCheck}. What is missing or wrong ends the start with a sentence for each. Any module may bring records
 * of its own; docs/configuration.md lists them all.
 */
@NullMarked
package io.opsflow.web.setting;

import org.jspecify.annotations.NullMarked;
