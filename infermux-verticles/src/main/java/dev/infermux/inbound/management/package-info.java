/** The management API: what operators see and change. Only the assembly imports it. Internal. */
@NullMarked
package dev.infermux.inbound.management;

import org.jspecify.annotations.NullMarked;
