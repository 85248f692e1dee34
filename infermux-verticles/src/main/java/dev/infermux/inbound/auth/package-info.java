/** Authenticates callers and reads whom a call is charged to. The front APIs and config import it. */
@NullMarked
package dev.infermux.inbound.auth;

import org.jspecify.annotations.NullMarked;
