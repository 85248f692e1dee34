package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.Message;
import dev.infermux.dialect.FieldReader;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that programs make as values, and requests as values for providers of programs. */
public final class TypedRequests {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] MESSAGES = "messages".getBytes(US_ASCII);
  private static final byte[] INPUT = "input".getBytes(US_ASCII);

  private TypedRequests() {}

  /**
   * A chat, checked and scanned as any other.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static OpenAiRequestBody chat(ChatRequest request, boolean stream) {
    JsonOutput out = new JsonOutput().object().field("model", request.model());
    out.name("messages").array();
    request.messages().forEach(message -> MessageJson.write(out, message));
    out.endArray();
    if (stream) {
      out.field("stream", true);
    }
    return body(Operation.CHAT, out, request.parameters());
  }

  /** A request for embeddings; fails as {@link #chat} does. */
  public static OpenAiRequestBody embeddings(EmbeddingRequest request) {
    if (request.input().isEmpty()) {
      throw FieldReader.invalid("input: empty (expected: one text or more)", "input");
    }
    JsonOutput out = new JsonOutput().object().field("model", request.model()).name("input");
    JsonMaps.write(out, request.input());
    return body(Operation.EMBEDDINGS, out, request.parameters());
  }

  private static OpenAiRequestBody body(
      Operation operation, JsonOutput out, Map<String, @Nullable Object> parameters) {
    JsonMaps.fields(out, parameters);
    return OpenAiRequestBody.scanModelOptional(operation, out.endObject().toBytes());
  }

  /** A chat's body, which a scan has found to be sound, without what asks for a stream. */
  public static ChatRequest chat(byte[] body) {
    String model = "";
    List<Message> messages = new ArrayList<>();
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (json.nameIs(MESSAGES)) {
        json.enterArray();
        while (json.nextElement()) {
          messages.add(MessageJson.read(json));
        }
      } else {
        String name = json.name();
        parameters.put(name, JsonMaps.read(json));
      }
    }
    parameters.remove("stream");
    parameters.remove("stream_options");
    return new ChatRequest(model, messages, parameters);
  }

  /** The body of a request for embeddings; texts given as tokens are left out. */
  public static EmbeddingRequest embeddings(byte[] body) {
    String model = "";
    List<String> input = new ArrayList<>();
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (json.nameIs(INPUT)) {
        texts(JsonMaps.read(json), input);
      } else {
        String name = json.name();
        parameters.put(name, JsonMaps.read(json));
      }
    }
    return new EmbeddingRequest(model, input, parameters);
  }

  private static void texts(@Nullable Object value, List<String> texts) {
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof List<?> list) {
      list.forEach(one -> texts(one, texts));
    }
  }
}
