/** The command {@code infermux doctor}. Internal. Imported by {@code cli} alone. */
@NullMarked
package dev.infermux.cli.doctor;

import org.jspecify.annotations.NullMarked;
