package dev.infermux.provider.http;

import dev.infermux.inference.Attempt;
import io.vertx.core.http.HttpClientRequest;

/** Adds to a request's head what differs from attempt to attempt. */
public interface AttemptHeaders {
  void add(Attempt attempt, HttpClientRequest request);
}
