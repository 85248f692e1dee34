package dev.infermux.inbound.management.view;

/** What happened lately. */
public interface TrafficView {

  TrafficReport report();
}
