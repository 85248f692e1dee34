/** What every stage is, and what it is given. Imported by the pipeline alone. */
@NullMarked
package dev.infermux.pipeline.stage;

import org.jspecify.annotations.NullMarked;
