/**
 * The blocks of the file: for each its keys and how they become the option records of their owner.
 * Imported by config. Internal.
 */
@NullMarked
package dev.infermux.config.block;

import org.jspecify.annotations.NullMarked;
