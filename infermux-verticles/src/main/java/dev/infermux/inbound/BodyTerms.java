package dev.infermux.inbound;

import dev.infermux.memory.BufferedBytes;
import java.util.function.LongSupplier;

/**
 * What holds for the bodies of all requests.
 *
 * @param maxBytes of one, as it is in force now
 * @param account of what the process holds
 */
public record BodyTerms(LongSupplier maxBytes, BufferedBytes account) {}
