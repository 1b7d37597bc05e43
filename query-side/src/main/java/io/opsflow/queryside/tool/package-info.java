/** The tools of the query side, which read its event log: the life of a task for people, all events for programs. */
@NullMarked
package io.opsflow.queryside.tool;

import org.jspecify.annotations.NullMarked;
