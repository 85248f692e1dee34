package dev.infermux.inbound.management.web;

/** One resource of the management API and its routes. */
public interface Endpoint {
  void register(Routes routes);
}
