/**
 * What the management API shows, as plain values and small interfaces. The API reads it; the
 * assembly fills it. Public API in part.
 */
@NullMarked
package dev.infermux.inbound.management.view;

import org.jspecify.annotations.NullMarked;
