package dev.infermux.inbound.management;

/** One resource of the management API and its routes. */
interface ManagementEndpoint {
  void register(HttpRoutes routes);
}
