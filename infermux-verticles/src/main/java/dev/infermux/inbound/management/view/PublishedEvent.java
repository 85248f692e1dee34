package dev.infermux.inbound.management.view;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One published event for any number of readers. Its JSON is made once, when one asks for it. */
public final class PublishedEvent {

  private final String type;
  private @Nullable Supplier<byte[]> maker;
  private byte[] made = {};
  private int holders;

  /**
   * An event whose JSON nobody has asked for yet.
   *
   * @param type such as {@code event.circuit_state}
   * @param json makes the JSON, on the thread that asks first
   */
  public PublishedEvent(String type, Supplier<byte[]> json) {
    this.type = type;
    this.maker = json;
  }

  public String type() {
    return type;
  }

  /** One more reader waits for it; true for the first. */
  public synchronized boolean held() {
    return holders++ == 0;
  }

  /** A reader has it, or wants it no more; true for the last. */
  public synchronized boolean released() {
    return --holders == 0;
  }

  /** Nobody may change the bytes. */
  public synchronized byte[] json() {
    Supplier<byte[]> waiting = maker;
    if (waiting != null) {
      made = waiting.get();
      maker = null;
    }
    return made;
  }
}
