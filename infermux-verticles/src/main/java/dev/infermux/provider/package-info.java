/**
 * The exits: what every provider is and how one is named. The dialects, standing, the pipeline,
 * health, operations and config import it.
 */
@NullMarked
package dev.infermux.provider;

import org.jspecify.annotations.NullMarked;
