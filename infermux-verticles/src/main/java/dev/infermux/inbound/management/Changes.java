package dev.infermux.inbound.management;

import com.fasterxml.jackson.core.JsonParser;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.ext.web.RoutingContext;

/** How requests that change the gateway are read and answered: JSON in, JSON out. */
record Changes(OperatorBodies bodies) {

  /** What is changed is small, and a tree is many times as large as its text. */
  private static final long MOST_BYTES = 256 << 10;

  /** The body as a JSON object; fails where it is none. */
  Future<JsonObject> body(RoutingContext context) {
    return bodies.read(context, MOST_BYTES).map(Changes::parsed);
  }

  private static JsonObject parsed(byte[] bytes) {
    try {
      JsonParser parser = JacksonCodec.createParser(Buffer.buffer(bytes));
      // A field that is given twice is a mistake, as it is in the file.
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException notJson) {
      // said below
    }
    throw new InferenceException(
        new Failure.InvalidRequest(
            "body: no JSON object (expected: a JSON object, each field once)", null));
  }

  static void send(RoutingContext context, int status, Future<JsonObject> answer) {
    answer
        .onSuccess(json -> Replies.json(context, status, json.toBuffer()))
        .onFailure(cause -> Replies.error(context, InferenceException.failureOf(cause)));
  }
}
