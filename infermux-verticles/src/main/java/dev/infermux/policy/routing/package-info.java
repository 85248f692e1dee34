/** Decides which provider serves a call, and which is next. Imported by pipeline and config. */
@NullMarked
package dev.infermux.policy.routing;

import org.jspecify.annotations.NullMarked;
