/** {@code infermux infer}, in this process or from a server. Imported by the entry alone. */
@NullMarked
package dev.infermux.cli.infer;

import org.jspecify.annotations.NullMarked;
