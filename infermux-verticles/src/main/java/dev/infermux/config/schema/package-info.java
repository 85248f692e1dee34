/**
 * The table of keys: what the file may have where, and the kinds of values. Known keys, JSON Schema
 * and the table in the docs all come from it. The other packages of config import it. Internal.
 */
@NullMarked
package dev.infermux.config.schema;

import org.jspecify.annotations.NullMarked;
