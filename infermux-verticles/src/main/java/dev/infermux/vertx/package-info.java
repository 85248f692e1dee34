/**
 * What needs Vert.x beyond its public API, and the ports that Vert.x implements: timers, the
 * breaker under a circuit. It holds no logic of the router; everything but policies and the
 * vocabulary may import it. Internal.
 */
@NullMarked
package dev.infermux.vertx;

import org.jspecify.annotations.NullMarked;
