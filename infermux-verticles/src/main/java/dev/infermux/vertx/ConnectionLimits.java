package dev.infermux.vertx;

import java.time.Duration;

/**
 * How long the connections of callers may take, and how many there may be.
 *
 * @param head from a request's first byte to the end of its head; also for the first byte of all
 * @param body without any byte of a request's body; after a minute a mean of 1 KB/s is asked for
 * @param idle between two requests
 * @param write without any byte of an answer being taken
 * @param most connections at once, over all event loops
 * @param mostOfOneAddress the same of one address; 0 = not limited
 */
public record ConnectionLimits(
    Duration head, Duration body, Duration idle, Duration write, int most, int mostOfOneAddress) {}
