package dev.infermux.dialect.openai;

import dev.infermux.json.JsonStrings;

/** Events of the streams that are relayed: images, speech and transcripts. */
public final class RelayedEventText {

  private RelayedEventText() {}

  /**
   * An event of one type.
   *
   * @param fields further ones, in JSON, without their braces
   */
  public static String of(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
  }

  /** A piece of a transcript. */
  public static String transcribed(String text) {
    return of("transcript.text.delta", "\"delta\":" + JsonStrings.quoted(text));
  }
}
