/**
 * What is run beside the service from the same jar: a tool's name as the first argument. Tools read the settings of the
 * service, write plain lines, and start nothing of it. Called by the mains of the command side and of standalone.
 */
@NullMarked
package io.opsflow.commandside.tool;

import org.jspecify.annotations.NullMarked;
