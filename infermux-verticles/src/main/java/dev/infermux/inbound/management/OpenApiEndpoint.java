package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.GatewayView;
import dev.infermux.inference.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code GET openapi.json}: all HTTP APIs of the gateway, described as OpenAPI 3.1. */
final class OpenApiEndpoint implements ManagementEndpoint {

  static final String FILE = "openapi.json";

  /** Stands in the file for the version of the gateway. */
  private static final String VERSION = "\"version\": \"0\"";

  private final GatewayView gateway;
  private final AtomicReference<@Nullable Future<Buffer>> document = new AtomicReference<>();

  OpenApiEndpoint(GatewayView gateway) {
    this.gateway = gateway;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get(FILE, this::send);
  }

  private void send(RoutingContext context) {
    Query.of(context);
    Future<Buffer> read = document.get();
    if (read == null || read.failed()) {
      read = context.vertx().executeBlocking(this::read);
      document.set(read);
    }
    read.onSuccess(json -> Replies.json(context, 200, json))
        .onFailure(
            cause ->
                Replies.error(
                    context, new Failure.Internal("openapi.json cannot be read: " + cause)));
  }

  private Buffer read() throws IOException {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(FILE)) {
      String text =
          new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
      return Buffer.buffer(
          text.replace(VERSION, "\"version\": \"" + gateway.status().version() + "\""));
    }
  }
}
