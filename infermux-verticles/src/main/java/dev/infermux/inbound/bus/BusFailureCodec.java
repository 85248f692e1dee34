package dev.infermux.inbound.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.inference.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** By reference in the process; as the MIST {@code infer.error} payload between nodes. */
final class BusFailureCodec implements MessageCodec<BusFailure, BusFailure> {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Registers the codec unless this event bus has it already. */
  static void register(EventBus bus) {
    try {
      bus.registerDefaultCodec(BusFailure.class, new BusFailureCodec());
    } catch (IllegalStateException alreadyThere) {
      // Two InferMux on one Vert.x share it.
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, BusFailure reply) {
    Failure failure = reply.failure();
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("code", failure.code())
            .put("message", failure.message())
            .put("retryable", failure.worthRetrying())
            .put("status", failure.status());
    try {
      byte[] bytes = MAPPER.writeValueAsBytes(json);
      buffer.appendInt(bytes.length).appendBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BusFailure decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    try {
      JsonNode json = MAPPER.readTree(buffer.getBytes(position + 4, position + 4 + length));
      return new BusFailure(
          new Failure.Remote(
              json.path("code").asText("internal"),
              json.path("status").asInt(500),
              json.path("message").asText(""),
              json.path("retryable").asBoolean(false)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BusFailure transform(BusFailure reply) {
    return reply;
  }

  @Override
  public String name() {
    return "infermux.failure";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
