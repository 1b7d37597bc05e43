/** The HTTP face of the commands: reads a request in field order, sends one command, answers. */
@NullMarked
package io.opsflow.commandside.rest;

import org.jspecify.annotations.NullMarked;
