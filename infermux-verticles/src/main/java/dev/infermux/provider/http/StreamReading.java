package dev.infermux.provider.http;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Framing;
import dev.infermux.inference.AttemptProgress;

/** What is read of a stream, and how. */
record StreamReading(
    StreamSource source, Framing framing, EventReader reader, AttemptProgress progress) {}
