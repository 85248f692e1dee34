/** Checks the providers' health from time to time. The assembly imports it. */
@NullMarked
package dev.infermux.health;

import org.jspecify.annotations.NullMarked;
