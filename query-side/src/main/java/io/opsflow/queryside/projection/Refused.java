package io.opsflow.queryside.projection;

/** An event that cannot be applied, and why. */
public record Refused<D extends Delivery>(D delivery, String reason) {}
