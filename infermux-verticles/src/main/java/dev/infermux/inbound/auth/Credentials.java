package dev.infermux.inbound.auth;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Where the callers of one API present their key. */
@FunctionalInterface
public interface Credentials {

  /** In {@code Authorization: Bearer}. */
  Credentials BEARER = BearerToken::of;

  /** What these headers present, or null. */
  @Nullable String presented(MultiMap headers);
}
