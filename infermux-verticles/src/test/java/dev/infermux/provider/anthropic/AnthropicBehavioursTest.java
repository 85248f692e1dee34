package dev.infermux.provider.anthropic;

import dev.infermux.inference.Usage;
import dev.infermux.provider.BehavioursContract;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Over a real socket. */
class AnthropicBehavioursTest extends BehavioursContract {

  private MockUpstream upstream;

  @BeforeEach
  void openUpstream(Vertx vertx) {
    upstream = MockUpstream.start(vertx).plays(mock);
  }

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @Override
  protected ProviderType type() {
    return ProviderType.ANTHROPIC;
  }

  @Override
  protected Provider provider(Vertx vertx, ProviderOptions options) {
    return new AnthropicProvider(
        vertx, VertxTimers.time(vertx), options.withBaseUrl(upstream.baseUrl()));
  }

  @Override
  protected TestCall chat() {
    return AnthropicSpeech.call(false);
  }

  @Override
  protected TestCall streamed() {
    return AnthropicSpeech.of(
        "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":2000000,\"stream\":true,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Hi there\"}]}");
  }

  @Override
  protected TestCall streamedWithUsage() {
    return streamed();
  }

  @Override
  protected String content(StreamProbe probe) {
    return MessageEvents.text(probe.text());
  }

  @Override
  protected String lastWord() {
    return "message_stop";
  }

  @Override
  protected String promptWord() {
    return "\"input_tokens\":";
  }

  @Override
  protected Usage usageOfCut() {
    return Usage.reported(2, 0);
  }

  /** Anthropic always counts, and its stream without an end is a cut one. */
  @Override
  protected boolean canBehave(String behaviour) {
    return !behaviour.contains("no-done") && !behaviour.equals("usage-none");
  }

  @Override
  protected String reason(String openAi) {
    return openAi.equals("length") ? "max_tokens" : "end_turn";
  }
}
