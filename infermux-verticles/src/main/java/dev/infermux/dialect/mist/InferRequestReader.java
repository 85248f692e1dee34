package dev.infermux.dialect.mist;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.openai.ChatBodies;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.AttributionText;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import dev.infermux.time.Time;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A MIST InferRequest as the router wants it: {@code params} become fields of an OpenAI chat body,
 * numbers as they were written.
 *
 * @param pin the only provider that may serve it, or null
 * @param traceparent from {@code meta}, or null
 */
public record InferRequestReader(
    RequestBody body, @Nullable String pin, Attribution attribution, @Nullable String traceparent) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(100_000_000)
                          .maxNestingDepth(200)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * Translates a request.
   *
   * @param json the InferRequest
   * @param outer what the listener already knows of the caller; {@code meta} speaks only where that
   *     is silent
   * @throws InferenceException with an {@link InvalidRequest} naming the field
   */
  public static InferRequestReader of(byte[] json, Attribution outer, boolean stream) {
    ObjectNode request = parse(json);
    return of(request, params(request), outer, stream);
  }

  /** The same where {@code params.stream} says whether a stream is asked for. */
  public static InferRequestReader of(byte[] json, Attribution outer) {
    ObjectNode request = parse(json);
    ObjectNode params = params(request);
    JsonNode stream = params.path("stream");
    if (!stream.isBoolean() && !stream.isMissingNode() && !stream.isNull()) {
      throw invalid("params.stream", stream, "true or false");
    }
    return of(request, params, outer, stream.asBoolean(false));
  }

  private static InferRequestReader of(
      ObjectNode request, ObjectNode chat, Attribution outer, boolean stream) {
    String model = text(request, "model");
    JsonNode meta = meta(request);
    String pin = text(request, "provider");
    return new InferRequestReader(
        ChatBodies.of(chat, model, messages(request), stream),
        pin.isEmpty() ? null : pin,
        attribution(meta, outer),
        meta.has("traceparent") ? text(meta, "traceparent") : null);
  }

  /**
   * The call of a listener without a connection or credential of its caller.
   *
   * @param ingress {@code bus} or {@code library}
   */
  public Call call(String requestId, String ingress, Time time) {
    return new Call(
        requestId,
        Operation.CHAT,
        body,
        pin,
        attribution,
        null,
        CallerHeaders.NONE,
        new Origin(ingress, "", "", null, traceparent, null),
        new Cancellation(),
        time.epochNanos(),
        time.nanos(),
        Call.NO_DEADLINE,
        Call.UNHEARD);
  }

  private static ObjectNode params(ObjectNode request) {
    JsonNode params = request.path("params");
    if (params instanceof ObjectNode object) {
      return object;
    }
    if (!params.isMissingNode() && !params.isNull()) {
      throw invalid("params", params, "an object");
    }
    return MAPPER.createObjectNode();
  }

  /** Go writes an empty slice as null. */
  private static @Nullable JsonNode messages(ObjectNode request) {
    JsonNode messages = request.get("messages");
    return messages != null && messages.isNull() ? MAPPER.createArrayNode() : messages;
  }

  private static ObjectNode parse(byte[] json) {
    try {
      // Decoding first makes bytes that are not UTF-8 an error instead of a guess.
      String text = UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(json)).toString();
      if (MAPPER.readTree(text) instanceof ObjectNode request) {
        return request;
      }
      throw new InferenceException(
          new InvalidRequest("request body: not an object (expected: an InferRequest)", null));
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new InferenceException(
          new InvalidRequest("request body: not UTF-8 (expected: strict UTF-8 JSON)", null));
    } catch (JsonProcessingException e) {
      throw new InferenceException(
          new InvalidRequest(
              "request body: malformed JSON at byte "
                  + Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getCharOffset())
                  + " (expected: an InferRequest)",
              null));
    }
  }

  private static JsonNode meta(ObjectNode request) {
    JsonNode meta = request.path("meta");
    if (!meta.isObject() && !meta.isMissingNode() && !meta.isNull()) {
      throw invalid("meta", meta, "an object of strings");
    }
    for (Map.Entry<String, JsonNode> tag : meta.properties()) {
      if (!tag.getValue().isTextual() && !tag.getValue().isNull()) {
        throw invalid("meta." + shown(tag.getKey()), tag.getValue(), "a string");
      }
    }
    return meta;
  }

  /** A name of the caller's choice, fit for a message. */
  private static String shown(String name) {
    String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= 64 ? printable : printable.substring(0, 64) + "…";
  }

  private static Attribution attribution(JsonNode meta, Attribution outer) {
    if (!outer.equals(Attribution.ANONYMOUS)) {
      return outer;
    }
    return AttributionText.of(
        text(meta, "caller"), text(meta, "project"), text(meta, "env"), "meta.");
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw invalid(field, value, "a string");
    }
    return value.textValue();
  }

  private static InferenceException invalid(String field, JsonNode found, String expected) {
    String kind = found.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    return new InferenceException(
        new InvalidRequest(field + ": " + kind + " (expected: " + expected + ")", field));
  }
}
