/**
 * Reads {@code infermux.yml} into the option records of the others: all checks are here. Imported
 * by the library face and the command line.
 */
@NullMarked
package dev.infermux.config;

import org.jspecify.annotations.NullMarked;
