package dev.infermux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.UserError;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.mist.InferChunk;
import java.io.PrintWriter;

/** Prints the text of server-sent events as it comes: OpenAI's chunks or MIST's. */
final class StreamedText {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DATA = "data:";

  private final PrintWriter out;
  private boolean done;

  StreamedText(PrintWriter out) {
    this.out = out;
  }

  /**
   * Takes one line of the stream.
   *
   * @throws UserError when it reports a failure
   */
  void line(String line) {
    if (!line.startsWith(DATA)) {
      return;
    }
    String data = line.substring(DATA.length()).strip();
    if (data.equals(StreamText.DONE)) {
      done = true;
      return;
    }
    print(data);
  }

  /**
   * The stream has ended.
   *
   * @throws UserError when it was not whole
   */
  void end() {
    out.println();
    if (!done) {
      throw new UserError(ExitCode.CALL_FAILED, "the answer broke off before its end");
    }
  }

  private void print(String data) {
    JsonNode event = parse(data);
    JsonNode error = event.path("error");
    if (error.path("message").isTextual()) {
      out.println();
      throw new UserError(
          ExitCode.CALL_FAILED,
          error.path("code").asText() + ": " + error.path("message").asText());
    }
    JsonNode piece = event.path(InferChunk.DELTA);
    String text = piece.isTextual() ? piece.textValue() : StreamText.of(data.getBytes(UTF_8));
    if (!text.isEmpty()) {
      out.print(text);
      out.flush();
    }
  }

  private static JsonNode parse(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new UserError(ExitCode.CALL_FAILED, "the answer has an event that is no JSON");
    }
  }
}
