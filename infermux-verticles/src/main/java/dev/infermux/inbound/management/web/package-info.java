/**
 * How the management API's routes are laid and guarded, and how requests are read and answered.
 * Imported by the management door and its endpoints.
 */
@NullMarked
package dev.infermux.inbound.management.web;

import org.jspecify.annotations.NullMarked;
