package dev.infermux.inference;

/**
 * Something in a request that only the provider which made it can use.
 *
 * @param id as {@link AttemptProgress#issued} had it
 * @param required whether the request makes no sense without it: then no other provider is asked
 */
public record Binding(String id, boolean required) {}
