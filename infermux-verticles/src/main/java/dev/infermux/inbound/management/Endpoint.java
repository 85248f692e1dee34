package dev.infermux.inbound.management;

/** One resource of the management API and its routes. */
interface Endpoint {
  void register(Routes routes);
}
