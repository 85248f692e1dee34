package dev.infermux.inbound.grpc;

import dev.infermux.dialect.openai.ChatBodyWriter;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.RequestBody;
import dev.infermux.v1.ChatMessage;
import dev.infermux.v1.InferRequest;
import java.util.List;
import java.util.Set;

/** Checks an InferRequest, in the order of the Go server, and writes it as the router's chat. */
final class InferBody {

  private static final Set<String> ROLES = Set.of("system", "user", "assistant");
  private static final double MOST_TEMPERATURE = 2;

  /** Of a chat without its texts. */
  private static final int FRAME_BYTES = 128;

  private InferBody() {}

  /**
   * The request as the router takes it.
   *
   * @throws InferenceException with an {@link InvalidRequest} that names the field
   */
  static RequestBody of(InferRequest request, boolean stream) {
    check(request);
    ChatBodyWriter chat =
        new ChatBodyWriter(request.getModel(), FRAME_BYTES + request.getSerializedSize() * 2);
    for (ChatMessage message : request.getMessagesList()) {
      chat.message(message.getRole(), message.getContent());
    }
    ChatBodyWriter.Parameters parameters = chat.parameters();
    if (request.getMaxTokens() > 0) {
      parameters.maxTokens(request.getMaxTokens());
    }
    if (request.getTemperatureSet()) {
      parameters.temperature(request.getTemperature());
    }
    return parameters.end(stream);
  }

  @SuppressWarnings("ReferenceEquality") // no request of a caller's is that object
  private static void check(InferRequest request) {
    if (request == ReadRequests.UNREADABLE) {
      throw invalid("request", "bytes that are none", "an infermux.v1.InferRequest");
    }
    List<ChatMessage> messages = request.getMessagesList();
    if (messages.isEmpty()) {
      throw invalid("messages", "empty", "at least one message");
    }
    double temperature = request.getTemperature();
    // Not a number is neither.
    boolean allowed = temperature >= 0 && temperature <= MOST_TEMPERATURE;
    if (request.getTemperatureSet() && !allowed) {
      throw invalid("temperature", Double.toString(temperature), "0 to 2");
    }
    for (int i = 0; i < messages.size(); i++) {
      String role = messages.get(i).getRole();
      if (!ROLES.contains(role)) {
        throw invalid(
            "messages[" + i + "].role", '"' + shown(role) + '"', "system | user | assistant");
      }
    }
    if (request.getMaxTokens() < 0) {
      throw invalid("max_tokens", Long.toString(request.getMaxTokens()), "0 or more");
    }
  }

  private static String shown(String role) {
    return role.length() <= 32 ? role : role.substring(0, 32) + "…";
  }

  private static InferenceException invalid(String field, String found, String expected) {
    return new InferenceException(
        new InvalidRequest(field + ": " + found + " (expected: " + expected + ")", field));
  }
}
