/**
 * What a program that embeds InferMux implements, and what it holds in return. Public API. It
 * imports the vocabulary alone.
 */
@NullMarked
package dev.infermux.spi;

import org.jspecify.annotations.NullMarked;
