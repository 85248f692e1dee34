package dev.infermux.bus;

import dev.infermux.mist.Payload;

/**
 * An address inside the process where one verticle answers: one message type there, and one back.
 *
 * @param reply the type of an answer; a failure comes back as {@code infer.error}
 */
public record LocalAddress<Q extends Payload, A extends Payload>(
    String name, MessageType<Q> request, MessageType<A> reply) {}
