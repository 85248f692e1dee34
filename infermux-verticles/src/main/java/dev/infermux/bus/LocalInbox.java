package dev.infermux.bus;

import dev.infermux.mist.Payload;

/** An address inside the process where one verticle takes messages that have no reply. */
public record LocalInbox<Q extends Payload>(String name, MessageType<Q> message) {}
