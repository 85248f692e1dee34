/** Checks the providers' health from time to time. The assembly imports it. Internal. */
@NullMarked
package dev.infermux.health;

import org.jspecify.annotations.NullMarked;
