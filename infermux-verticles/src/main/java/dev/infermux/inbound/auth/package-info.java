/** Who may call, and as whom. Imported by the HTTP door and config. */
@NullMarked
package dev.infermux.inbound.auth;

import org.jspecify.annotations.NullMarked;
