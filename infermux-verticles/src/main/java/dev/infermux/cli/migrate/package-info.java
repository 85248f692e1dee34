/**
 * The command {@code infermux import}: configurations of other gateways. Imported by {@code cli}
 * alone. Internal.
 */
@NullMarked
package dev.infermux.cli.migrate;

import org.jspecify.annotations.NullMarked;
