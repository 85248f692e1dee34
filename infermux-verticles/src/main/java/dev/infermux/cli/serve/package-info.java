/** {@code infermux serve}, from its flags to its end. Imported by the program's entry alone. */
@NullMarked
package dev.infermux.cli.serve;

import org.jspecify.annotations.NullMarked;
