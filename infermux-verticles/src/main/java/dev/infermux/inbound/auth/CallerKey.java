package dev.infermux.inbound.auth;

import dev.infermux.inference.Secret;
import org.jspecify.annotations.Nullable;

/** A key that decides the attribution of what comes with it. */
public record CallerKey(
    Secret key, String caller, @Nullable String project, @Nullable String env) {}
