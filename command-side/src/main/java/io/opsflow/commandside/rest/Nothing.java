package io.opsflow.commandside.rest;

/** The answer of a delete: {@code {}}. */
record Nothing() {}
