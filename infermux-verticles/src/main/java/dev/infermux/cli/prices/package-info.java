/** The command {@code infermux prices}. Internal. Imported by {@code cli} alone. */
@NullMarked
package dev.infermux.cli.prices;

import org.jspecify.annotations.NullMarked;
