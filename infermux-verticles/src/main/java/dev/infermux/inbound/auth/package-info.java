/**
 * Authenticates callers and operators, and reads whom a call is charged to. Front APIs, management
 * API and configuration import it. Public API in part.
 */
@NullMarked
package dev.infermux.inbound.auth;

import org.jspecify.annotations.NullMarked;
