/**
 * The file's content as a tree of values that know their place, and the report of what is wrong
 * with them. Imported by the other packages of config. Public API in part.
 */
@NullMarked
package dev.infermux.config.tree;

import org.jspecify.annotations.NullMarked;
