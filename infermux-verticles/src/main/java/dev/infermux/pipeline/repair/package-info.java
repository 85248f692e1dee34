/**
 * What is done after a failed attempt: again, elsewhere, or a cut stream goes on at another
 * provider. Imported by the pipeline alone.
 */
@NullMarked
package dev.infermux.pipeline.repair;

import org.jspecify.annotations.NullMarked;
