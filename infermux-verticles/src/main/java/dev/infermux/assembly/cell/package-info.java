/** The hot path of each event loop, and how it is found. Imported by the assembly and the face. */
@NullMarked
package dev.infermux.assembly.cell;

import org.jspecify.annotations.NullMarked;
