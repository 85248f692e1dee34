/** Providers that a program brings, as the router calls them. The assembly imports it. Internal. */
@NullMarked
package dev.infermux.provider.program;

import org.jspecify.annotations.NullMarked;
