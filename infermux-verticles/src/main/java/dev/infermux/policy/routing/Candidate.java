package dev.infermux.policy.routing;

/** A provider that could serve a call, and the model it would use. */
public record Candidate(String provider, String model) {}
