/**
 * The table of keys: what the file may have where. Known keys, JSON Schema and the table in the
 * docs all come from it. Imported by the other packages of config.
 */
@NullMarked
package dev.infermux.config.schema;

import org.jspecify.annotations.NullMarked;
