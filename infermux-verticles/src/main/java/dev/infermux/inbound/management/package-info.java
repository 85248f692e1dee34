/** The management door: read-only views of what runs. Only the assembly imports it. */
@NullMarked
package dev.infermux.inbound.management;

import org.jspecify.annotations.NullMarked;
