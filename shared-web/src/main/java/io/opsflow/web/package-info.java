/**
 * What both HTTP faces share: JSON rules, errors, tokens and callers, request ids. A side gets all of it by having this
 * module on its class path.
 */
@NullMarked
package io.opsflow.web;

import org.jspecify.annotations.NullMarked;
