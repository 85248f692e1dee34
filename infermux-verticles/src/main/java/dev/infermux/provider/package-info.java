/**
 * The exits: what every provider is and how one is named. The pipeline, the dialects and config
 * import it.
 */
@NullMarked
package dev.infermux.provider;

import org.jspecify.annotations.NullMarked;
