package dev.infermux.inbound.management.view;

/** This node and those that it hears. */
@FunctionalInterface
public interface NodesView {
  NodesReport report();
}
