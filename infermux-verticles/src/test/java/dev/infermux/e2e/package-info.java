/** The whole server between a real caller and a scripted provider. */
@NullMarked
package dev.infermux.e2e;

import org.jspecify.annotations.NullMarked;
