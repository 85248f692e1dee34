package dev.infermux.mock;

import dev.infermux.mock.script.MockBehaviour;

/**
 * What one request gets.
 *
 * @param number counts the requests from 1
 * @param seed decides about jitter, together with the number
 * @param complaint what an error says; empty = the usual words
 */
public record AssignedResponse(MockBehaviour behaviour, long number, long seed, String complaint) {}
