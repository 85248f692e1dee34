package dev.infermux;

import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/**
 * A program that embeds InferMux.
 *
 * @param way "echo" asks, "otlp" configures a collector, "grpc" listens
 */
record PlainProgram(String way) implements Callable<String> {

  @Override
  public String call() {
    Vertx vertx = Vertx.vertx();
    try {
      InferMux infermux = InferMux.create(vertx, config()).await();
      if (way.equals("grpc")) {
        return infermux.listen().await().toString();
      }
      return infermux.chat(ChatRequest.of("echo-v1", "Hi")).await().content();
    } catch (IllegalArgumentException | IllegalStateException refused) {
      return refused.getClass().getSimpleName() + ": " + refused.getMessage();
    } finally {
      vertx.close().await();
    }
  }

  private Config config() {
    return switch (way) {
      case "otlp" ->
          Config.echo()
              .withTelemetry(
                  TelemetryOptions.defaults()
                      .withOtlp(Otlp.at("http://localhost:4318", Protocol.HTTP_PROTOBUF)));
      case "grpc" -> Config.echo().withGrpcListen(new ListenAddress("127.0.0.1", 0));
      default -> Config.echo();
    };
  }
}
