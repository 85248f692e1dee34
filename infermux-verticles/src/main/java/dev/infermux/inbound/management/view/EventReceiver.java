package dev.infermux.inbound.management.view;

/** Receives published events; safe on any thread, and quick. */
public interface EventReceiver {

  void receive(PublishedEvent event);

  /** The gateway stops: there is nothing more to come. */
  void end();
}
