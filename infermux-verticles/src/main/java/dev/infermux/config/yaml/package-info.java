/**
 * Reads a file into a tree: a vertx-config store that hands the YAML format only text which it
 * cannot misread. Config imports it. Internal.
 */
@NullMarked
package dev.infermux.config.yaml;

import org.jspecify.annotations.NullMarked;
