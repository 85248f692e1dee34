/** What was asked and answered, as spans carry it where the configuration wants that. Internal. */
@NullMarked
package dev.infermux.events.content;

import org.jspecify.annotations.NullMarked;
