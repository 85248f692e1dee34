/** {@code infermux mock}: a scripted model API. Imported by the program's entry alone. */
@NullMarked
package dev.infermux.cli.mock;

import org.jspecify.annotations.NullMarked;
