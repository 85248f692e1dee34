/**
 * Stand-ins for TokenTrace and an OTLP collector, on real sockets, and ports for other servers. Any
 * module's tests may use them.
 */
@NullMarked
package dev.infermux.tokentrace.testing;

import org.jspecify.annotations.NullMarked;
