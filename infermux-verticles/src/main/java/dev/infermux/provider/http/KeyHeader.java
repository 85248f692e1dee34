package dev.infermux.provider.http;

import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The header in which an API takes its key. */
public enum KeyHeader {
  /** {@code Authorization: Bearer}. */
  BEARER("authorization", "Bearer "),
  /** Anthropic's. */
  X_API_KEY("x-api-key", ""),
  /** Azure's. */
  API_KEY("api-key", "");

  private final CharSequence name;
  private final String scheme;

  KeyHeader(String name, String scheme) {
    this.name = HttpHeaders.createOptimized(name);
    this.scheme = scheme;
  }

  void set(MultiMap headers, Secret key) {
    headers.set(name, scheme + key.reveal());
  }
}
