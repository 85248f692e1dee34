package dev.infermux.provider.openai;

import dev.infermux.inference.Failure;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A provider in front of a mock, and short ways to read a stream through it. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
abstract class OpenAiStreams {

  protected Vertx vertx;
  protected MockUpstream upstream;
  protected ProviderRig rig;

  protected final ProviderRig rig(UnaryOperator<ProviderOptions> change) {
    ProviderOptions options =
        ProviderOptions.of("up", ProviderType.OPENAI).withBaseUrl(upstream.baseUrl());
    return new ProviderRig(
        vertx, here -> new OpenAiProvider(here, VertxTimers.time(here), change.apply(options)));
  }

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream = MockUpstream.start(vertx);
    rig = rig(options -> options);
  }

  @AfterEach
  void close() {
    rig.close();
    upstream.close();
  }

  protected StreamProbe read(TestCall call, MockAnswer answer) {
    upstream.next(answer);
    StreamProbe probe = rig.streamed(call);
    probe.toEnd();
    return probe;
  }

  protected StreamProbe read(String... events) {
    return read(TestCall.stream(), MockAnswer.events(events));
  }

  protected Failure failure(String... events) {
    upstream.next(MockAnswer.events(events));
    return rig.failure(TestCall.stream());
  }
}
