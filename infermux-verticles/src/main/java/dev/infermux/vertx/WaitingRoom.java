package dev.infermux.vertx;

import dev.infermux.memory.BufferedBytes;
import java.util.function.IntSupplier;

/**
 * What may wait for each consumer of a subscriber that is slower than its messages.
 *
 * @param publications whose consumers are bounded
 * @param most messages that wait for one of them
 * @param account where what waits takes room
 * @param losses learns what finds none
 */
public record WaitingRoom(
    Publications publications, IntSupplier most, BufferedBytes account, MessageLosses losses) {}
