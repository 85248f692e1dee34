package dev.infermux.dialect.chat;

import dev.infermux.dialect.FrameWriter;

/** Writes the events of one answer as a stream. */
public interface ChatEventWriter {

  /** Writes what the event comes to in the dialect, its last event included; may be nothing. */
  void write(ChatEvent event, FrameWriter out);
}
