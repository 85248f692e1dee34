/** Spans out, to TokenTrace and over OTLP. Imports the MIST protocol and nothing of the router. */
@NullMarked
package dev.infermux.tokentrace;

import org.jspecify.annotations.NullMarked;
