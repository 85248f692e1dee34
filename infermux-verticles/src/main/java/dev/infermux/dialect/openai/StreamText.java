package dev.infermux.dialect.openai;

/** What stands in a stream's events beside JSON, and the text in it. */
public final class StreamText {

  /** The data of the event that ends a stream. */
  public static final String DONE = "[DONE]";

  /** The field of a request that only a stream may have. */
  public static final String OPTIONS = "stream_options";

  private StreamText() {}

  /** The data of a chunk that comes before all else and says nothing but this field. */
  public static String preface(String field) {
    return "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
        + field
        + "}";
  }

  /** An event with this data. */
  public static String event(String data) {
    return "data: " + data + "\n\n";
  }

  /** What a chunk of a chat adds to its first choice; empty when that is no text. */
  public static String of(byte[] chunk) {
    return new FirstChoice(chunk, "delta").text();
  }

  /** The content of a whole answer's first choice; empty when that is no text. */
  public static String ofWhole(byte[] answer) {
    return new FirstChoice(answer, "message").text();
  }
}
