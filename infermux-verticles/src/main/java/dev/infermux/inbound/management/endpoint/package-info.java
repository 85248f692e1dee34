/** What the management API tells and does, an endpoint each. Imported by the management door. */
@NullMarked
package dev.infermux.inbound.management.endpoint;

import org.jspecify.annotations.NullMarked;
