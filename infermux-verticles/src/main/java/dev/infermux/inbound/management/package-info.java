/** The management door: what operators see and turn. Only the assembly imports it. */
@NullMarked
package dev.infermux.inbound.management;

import org.jspecify.annotations.NullMarked;
