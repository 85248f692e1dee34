package dev.infermux.inbound.management.view;

/** The gateway as a whole. */
public interface GatewayView {

  GatewayStatus status();

  Readiness readiness();
}
