package dev.infermux.inbound.management.web;

/** One resource of the management API and its routes. */
public interface ManagementEndpoint {
  void register(HttpRoutes routes);
}
