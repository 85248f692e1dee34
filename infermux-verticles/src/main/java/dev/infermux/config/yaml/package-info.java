/**
 * The way from a file to a JSON tree: a vertx-config store that hands the YAML format only text
 * which it can not bend. Imported by config.
 */
@NullMarked
package dev.infermux.config.yaml;

import org.jspecify.annotations.NullMarked;
