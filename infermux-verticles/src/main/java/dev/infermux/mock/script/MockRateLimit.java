package dev.infermux.mock.script;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests are answered; those beyond get a 429.
 *
 * @param per in any time of this length; null = in all
 */
public record MockRateLimit(int requests, @Nullable Duration per) {}
