/**
 * What the management door shows, as plain values and small interfaces. The door reads it; the
 * assembly fills it.
 */
@NullMarked
package dev.infermux.inbound.management.view;

import org.jspecify.annotations.NullMarked;
