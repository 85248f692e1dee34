package dev.infermux.provider.http;

import dev.infermux.memory.BufferedBytes;

/** How much of a body is taken, and what counts it while it is gathered. */
record BodyLimit(int bytes, BufferedBytes account) {}
