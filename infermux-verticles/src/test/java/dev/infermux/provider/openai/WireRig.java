package dev.infermux.provider.openai;

import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.TestCall;
import dev.infermux.time.Time;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A provider of OpenAI's type before a scripted socket; its ticker can be set ahead. */
final class WireRig implements AutoCloseable {

  private final AtomicLong ahead = new AtomicLong();
  private final MockUpstream mock;
  private final ProviderRig rig;

  WireRig(Vertx vertx) {
    this(vertx, UnaryOperator.identity());
  }

  WireRig(Vertx vertx, UnaryOperator<ProviderOptions> options) {
    mock = MockUpstream.start(vertx);
    Time real = VertxTimers.time(vertx);
    rig =
        new ProviderRig(
            vertx,
            here ->
                new OpenAiProvider(
                    here,
                    new Time(
                        () -> System.nanoTime() + ahead.get(),
                        real.clock(),
                        VertxTimers.time(here).timers()),
                    options.apply(
                        ProviderOptions.of("up", ProviderType.OPENAI)
                            .withBaseUrl(mock.baseUrl()))));
  }

  MockUpstream mock() {
    return mock;
  }

  ProviderRig rig() {
    return rig;
  }

  /** Time passes at once; timers do not hear of it. */
  void later(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  String whole() {
    return rig.whole(TestCall.chat()).body().toString();
  }

  Failure failure(TestCall call) {
    return rig.failure(call);
  }

  FailureClass kind(TestCall call) {
    return failure(call).kind();
  }

  @Override
  public void close() {
    rig.close();
    mock.close();
  }
}
