package dev.infermux.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.provider.ProviderOptions;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole message where a stream was asked for, and the other way round. */
@ExtendWith(VertxExtension.class)
class AnthropicFormsTest {

  private final AnthropicSpeech api = new AnthropicSpeech();

  @Test
  void a_whole_message_becomes_a_stream(Vertx vertx) {
    try (MockUpstream mock = MockUpstream.start(vertx);
        ProviderRig rig = rig(vertx, mock)) {
      mock.next(MockAnswer.json(api.whole()));

      StreamProbe probe = rig.streamed(api.streamedChat());

      assertThat(probe.toEnd().failure()).isNull();
      assertThat(api.content(probe)).isEqualTo("Hello, world");
      assertThat(probe.text()).contains("event: message_start").contains("event: message_stop");
    }
  }

  @Test
  void a_stream_becomes_a_whole_message(Vertx vertx) {
    try (MockUpstream mock = MockUpstream.start(vertx);
        ProviderRig rig = rig(vertx, mock)) {
      mock.next(MockAnswer.body(200, "application/json", api.stream()));

      String message = rig.whole(api.chat()).body().toString();

      assertThat(message).contains("Hello, world").contains("\"type\":\"message\"");
    }
  }

  private ProviderRig rig(Vertx vertx, MockUpstream mock) {
    return new ProviderRig(
        vertx,
        here ->
            api.provider(here, ProviderOptions.of("up", api.type()).withBaseUrl(mock.baseUrl())));
  }
}
