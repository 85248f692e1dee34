/**
 * The sorts of single values that the file has, each with its reading, its limits and its schema.
 * Imported by the other packages of config.
 */
@NullMarked
package dev.infermux.config.kind;

import org.jspecify.annotations.NullMarked;
