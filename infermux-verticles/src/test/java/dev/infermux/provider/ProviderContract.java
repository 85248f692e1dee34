package dev.infermux.provider;

import dev.infermux.inference.Secret;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every dialect's tests build on: a provider on one event loop in front of a mock of its API.
 * A dialect extends {@link AnswersContract}, {@link FailuresContract}, {@link CancelContract} and
 * {@link HealthContract}, and says in a {@link ProviderSpeech} how its API would answer.
 */
@Timeout(60)
@ExtendWith(VertxExtension.class)
public abstract class ProviderContract {

  protected static final String KEY = "sk-gateway-0123456789";

  protected Vertx vertx;
  protected MockUpstream upstream;
  private final List<ProviderRig> rigs = new ArrayList<>();

  protected final ProviderSpeech api;

  protected ProviderContract(ProviderSpeech api) {
    this.api = api;
  }

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream = MockUpstream.start(vertx);
  }

  @AfterEach
  void close() {
    rigs.forEach(ProviderRig::close);
    upstream.close();
  }

  /** A provider with its own key in front of the mock. */
  protected ProviderRig rig() {
    return rig(options -> options);
  }

  protected ProviderRig rig(UnaryOperator<ProviderOptions> change) {
    ProviderOptions options =
        ProviderOptions.of("up", api.type())
            .withBaseUrl(upstream.baseUrl())
            .withApiKey(Secret.of(KEY));
    ProviderRig rig = new ProviderRig(vertx, here -> api.provider(here, change.apply(options)));
    rigs.add(rig);
    return rig;
  }

  protected MockAnswer streamAnswer() {
    return MockAnswer.sse(List.of(api.stream()));
  }

  /** The stream in two pieces, torn after so many bytes. */
  protected MockAnswer tornAt(int offset) {
    Buffer all = api.stream();
    return MockAnswer.sse(List.of(all.slice(0, offset), all.slice(offset, all.length())));
  }

  protected TestCall chat() {
    return api.chat();
  }

  protected TestCall streamed() {
    return api.streamedChat();
  }
}
