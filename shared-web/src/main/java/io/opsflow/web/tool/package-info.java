/**
 * What is run beside a service from the same jar: a tool's name as the first argument. Tools read the settings of the
 * service, write plain lines, and start nothing of it. Each side brings its own; mains call {@link Tools}.
 */
@NullMarked
package io.opsflow.web.tool;

import org.jspecify.annotations.NullMarked;
