/**
 * Sends spans and metrics through OpenTelemetry's OTLP exporters. The assembly imports it; it
 * imports the export and how an answer is described.
 */
@NullMarked
package dev.infermux.tokentrace.otlp;

import org.jspecify.annotations.NullMarked;
