/**
 * The published description of the API as the tests read it: what it promises is checked against answers, and requests
 * are made from it, good ones and bad ones.
 */
@NullMarked
package io.opsflow.standalone.openapi;

import org.jspecify.annotations.NullMarked;
