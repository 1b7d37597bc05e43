/**
 * Both sides, a database, a broker and an issuer of demo tokens in one JVM: what a newcomer starts. It wires and prints;
 * rules live elsewhere.
 */
@NullMarked
package io.opsflow.standalone;

import org.jspecify.annotations.NullMarked;
