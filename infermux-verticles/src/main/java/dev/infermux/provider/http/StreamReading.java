package dev.infermux.provider.http;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Framing;
import dev.infermux.inference.AttemptProgress;

/**
 * What is read of a stream, and how.
 *
 * @param counted what of its bytes is in the account already, as those of a whole answer
 */
record StreamReading(
    StreamSource source,
    Framing framing,
    EventReader reader,
    AttemptProgress progress,
    long counted) {}
