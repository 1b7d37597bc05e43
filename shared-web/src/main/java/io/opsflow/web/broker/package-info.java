/** How both sides reach the brokers of the topic. Nothing here connects to them. */
@NullMarked
package io.opsflow.web.broker;

import org.jspecify.annotations.NullMarked;
