/**
 * Reads {@code infermux.yml} into the option records of the others: all checks are here. Imported
 * by the face, the assembly and the command line. Public API in part.
 */
@NullMarked
package dev.infermux.config;

import org.jspecify.annotations.NullMarked;
