package dev.infermux.tokentrace.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Hears what the senders of a provider are answered over HTTP. Their exporter is told of success
 * whatever came: all that it does about a failure is to log it, each one, where nobody can count.
 */
record OtlpHttpSender(HttpSenderProvider provider, Supplier<Consumer<OtlpResponse>> listener)
    implements HttpSenderProvider {

  @Override
  public HttpSender createSender(HttpSenderConfig config) {
    return new Sender(provider.createSender(config), listener);
  }

  /** A sender that is listened to. */
  private record Sender(HttpSender sender, Supplier<Consumer<OtlpResponse>> listener)
      implements HttpSender {

    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
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
  private record Taken() implements HttpResponse {

    @Override
    public int getStatusCode() {
      return 200;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return new byte[0];
    }
  }
}
