/** The files of the page, as they lie in the jar. Only the management API imports it. Internal. */
@NullMarked
package dev.infermux.inbound.management.page;

import org.jspecify.annotations.NullMarked;
