package dev.infermux.tokentrace.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What {@link OtlpHttpSender} is to HTTP, to gRPC. */
record OtlpGrpcSender(GrpcSenderProvider provider, Supplier<Consumer<OtlpResponse>> listener)
    implements GrpcSenderProvider {

  @Override
  public GrpcSender createSender(GrpcSenderConfig config) {
    return new Sender(provider.createSender(config), listener);
  }

  /** A sender that is listened to. */
  private record Sender(GrpcSender sender, Supplier<Consumer<OtlpResponse>> listener)
      implements GrpcSender {

    @Override
    public void send(
        MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
      Consumer<OtlpResponse> heard = listener.get();
      sender.send(
          message,
          response -> {
            heard.accept(OtlpResponse.of(response));
            onResponse.accept(new Taken());
          },
          cause -> {
            heard.accept(OtlpResponse.missing(cause));
            onResponse.accept(new Taken());
          });
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }

  /** Success, with nothing to say about it. */
  private record Taken() implements GrpcResponse {

    @Override
    public GrpcStatusCode getStatusCode() {
      return GrpcStatusCode.OK;
    }

    @Override
    public String getStatusDescription() {
      return "";
    }

    @Override
    public byte[] getResponseMessage() {
      return new byte[0];
    }
  }
}
