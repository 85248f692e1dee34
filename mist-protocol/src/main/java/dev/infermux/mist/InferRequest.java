package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an inference: {@code infer.request}.
 *
 * @param model a model's name; {@code auto} or empty lets the router pick
 * @param provider the provider to use; empty lets the router pick
 * @param params temperature, max_tokens, any OpenAI parameter; numbers are {@code Long}, {@code
 *     BigInteger} or {@code JsonDecimal} when they were read from JSON
 * @param meta caller, project, env, traceparent, any tag
 */
public record InferRequest(
    String model,
    String provider,
    List<ChatMessage> messages,
    Map<String, @Nullable Object> params,
    Map<String, String> meta)
    implements Payload {

  public InferRequest {
    messages = List.copyOf(messages);
    params = Copies.of(params);
    meta = Copies.of(meta);
  }

  /** A request for a model that any provider may serve. */
  public static InferRequest of(String model, List<ChatMessage> messages) {
    return new InferRequest(model, "", messages, Map.of(), Map.of());
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("model", model)
        .textIfAny("provider", provider)
        .objects("messages", messages, (out, message) -> message.writeTo(out))
        .mapIfAny("params", params)
        .mapIfAny("meta", meta)
        .end();
  }

  static InferRequest read(JsonFields in) {
    if (!in.present("messages")) {
      throw MistException.invalid(in.path("messages"), "missing", "an array of messages");
    }
    return new InferRequest(
        in.text("model"),
        in.text("provider"),
        in.objects("messages").stream().map(ChatMessage::read).toList(),
        in.map("params"),
        in.textMap("meta"));
  }
}
