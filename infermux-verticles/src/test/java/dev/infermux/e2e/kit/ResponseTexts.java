package dev.infermux.e2e.kit;

import dev.infermux.testing.MockAnswer;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Requests and answers of the Responses API, after the types of OpenAI's SDKs. */
public final class ResponseTexts {

  public static final String ID = "resp_68a1f4c2b7d8819a";

  /** 36 tokens in, 8 of them cached, and 12 out. */
  public static final String USAGE =
      """
      {"input_tokens":36,"input_tokens_details":{"cached_tokens":8,"cache_write_tokens":0},\
      "output_tokens":12,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":48}\
      """;

  private static final String MESSAGE =
      """
      {"id":"msg_68a1f4c2","type":"message","status":"completed","content":[{"type":"output_text",\
      "annotations":[],"logprobs":[],"text":"Hello there"}],"role":"assistant"}\
      """;

  private ResponseTexts() {}

  /** A request of one text. */
  public static String ask(String model, String text) {
    return "{\"model\":\"" + model + "\",\"input\":\"" + text + "\"}";
  }

  /** The same, streamed. */
  public static String stream(String model, String text) {
    return "{\"stream\":true," + ask(model, text).substring(1);
  }

  /** A response in this state. */
  public static String response(String status, String output, String usage) {
    return "{\"id\":\""
        + ID
        + "\",\"object\":\"response\",\"created_at\":1741476777,\"status\":\""
        + status
        + "\",\"background\":false,\"error\":null,\"incomplete_details\":null,"
        + "\"instructions\":null,\"max_output_tokens\":null,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"output\":["
        + output
        + "],\"parallel_tool_calls\":true,\"previous_response_id\":null,"
        + "\"reasoning\":{\"effort\":null,\"summary\":null},\"store\":true,\"temperature\":1.0,"
        + "\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[],"
        + "\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":"
        + usage
        + ",\"user\":null,\"metadata\":{}}";
  }

  /** A whole answer that says "Hello there". */
  public static String answer() {
    return response("completed", MESSAGE, USAGE);
  }

  /** The events of a stream that says "Hello there", as they are on the wire. */
  public static List<String> events() {
    List<String> events = new ArrayList<>();
    String begun = response("in_progress", "", "null");
    String at = "\"item_id\":\"msg_68a1f4c2\",\"output_index\":0,\"content_index\":0,";
    String empty = "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"\"}";
    add(events, "response.created", "\"response\":" + begun);
    add(events, "response.in_progress", "\"response\":" + begun);
    add(
        events,
        "response.output_item.added",
        "\"output_index\":0,\"item\":{\"id\":\"msg_68a1f4c2\",\"type\":\"message\","
            + "\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}");
    add(events, "response.content_part.added", at + "\"part\":" + empty);
    add(events, "response.output_text.delta", at + "\"delta\":\"Hello\",\"logprobs\":[]");
    add(events, "response.output_text.delta", at + "\"delta\":\" there\",\"logprobs\":[]");
    add(events, "response.output_text.done", at + "\"text\":\"Hello there\",\"logprobs\":[]");
    add(
        events,
        "response.content_part.done",
        at + "\"part\":" + empty.replace("\"text\":\"\"", "\"text\":\"Hello there\""));
    add(events, "response.output_item.done", "\"output_index\":0,\"item\":" + MESSAGE);
    add(events, "response.completed", "\"response\":" + answer());
    return events;
  }

  private static void add(List<String> events, String type, String fields) {
    events.add(event(type, "\"sequence_number\":" + events.size() + "," + fields));
  }

  /** An event as it is on the wire. */
  public static String event(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
  }

  /** A streamed answer of these events. */
  public static MockAnswer streamed(List<String> events) {
    return MockAnswer.sse(events.stream().map(Buffer::buffer).toList());
  }
}
