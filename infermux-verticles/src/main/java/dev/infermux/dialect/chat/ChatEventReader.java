package dev.infermux.dialect.chat;

import dev.infermux.dialect.Frame;
import java.util.function.Consumer;

/** Reads the frames of one stream as events. */
public interface ChatEventReader {

  /** Takes a frame that is valid only during the call; none, one or several events come of it. */
  void read(Frame frame, Consumer<ChatEvent> events);
}
