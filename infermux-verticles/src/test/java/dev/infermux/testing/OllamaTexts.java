package dev.infermux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.ollama.OllamaEndpoint;
import dev.infermux.dialect.ollama.OllamaRequestBody;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/** Requests, and what a server of Ollama's API says to them. */
public final class OllamaTexts {

  private static final String HEAD =
      "{\"model\":\"llama3.2\",\"created_at\":\"2026-08-21T18:48:22.123456789Z\",";
  private static final String COUNTS =
      "\"total_duration\":4883583458,\"load_duration\":1334875,\"prompt_eval_count\":9,"
          + "\"prompt_eval_duration\":342546000,\"eval_count\":3,\"eval_duration\":4535599000}";

  public static final String THINKING =
      HEAD
          + "\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Well\"},"
          + "\"done\":false}";
  public static final String HELLO = said("Hello, ");
  public static final String WORLD = said("world");
  public static final String CALLS =
      HEAD
          + "\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":["
          + "{\"id\":\"call_a\",\"function\":{\"index\":0,\"name\":\"weather\",\"arguments\":"
          + "{\"city\":\"Zürich\",\"days\":3}}},{\"id\":\"call_b\",\"function\":{\"index\":1,"
          + "\"name\":\"time\",\"arguments\":{}}}]},\"done\":false}";
  public static final String DONE =
      HEAD
          + "\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
          + "\"done_reason\":\"stop\","
          + COUNTS;
  public static final String WHOLE =
      HEAD
          + "\"message\":{\"role\":\"assistant\",\"content\":\"Hello, world\"},\"done\":true,"
          + "\"done_reason\":\"stop\","
          + COUNTS;
  public static final String GENERATED =
      HEAD
          + "\"response\":\"Hello, world\",\"done\":true,\"done_reason\":\"stop\","
          + "\"context\":[1,2,3],"
          + COUNTS;

  private OllamaTexts() {}

  /** A line of a chat with a piece of its text. */
  public static String said(String text) {
    return HEAD
        + "\"message\":{\"role\":\"assistant\",\"content\":\""
        + text
        + "\"},\"done\":false}";
  }

  public static Buffer lines(String... lines) {
    return Buffer.buffer(String.join("\n", lines) + "\n");
  }

  /** A stream of these lines, each written on its own. */
  public static MockAnswer stream(String... lines) {
    List<Buffer> pieces = Arrays.stream(lines).map(line -> Buffer.buffer(line + "\n")).toList();
    return stream(pieces);
  }

  public static MockAnswer stream(List<Buffer> pieces) {
    return MockAnswer.sse(pieces).header("content-type", "application/x-ndjson");
  }

  public static MockAnswer error(int status, String message) {
    return MockAnswer.json(status, "{\"error\":\"" + message + "\"}");
  }

  /** A call of an endpoint; the braces around its body and its model are added. */
  public static TestCall call(OllamaEndpoint endpoint, String fields) {
    return TestCall.of(endpoint.operation(), body(endpoint, fields));
  }

  public static OllamaRequestBody body(OllamaEndpoint endpoint, String fields) {
    return OllamaRequestBody.scan(
        endpoint, ("{\"model\":\"llama3.2\"," + fields + "}").getBytes(UTF_8));
  }

  /** A small chat. */
  public static TestCall chat(boolean stream) {
    return call(
        OllamaEndpoint.CHAT,
        "\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]");
  }
}
