/**
 * Speaks OTLP, as http/protobuf and gRPC. The assembly imports it; it imports the export and the
 * poster.
 */
@NullMarked
package dev.infermux.tokentrace.otlp;

import org.jspecify.annotations.NullMarked;
