package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A provider of type mock has an answer to whatever the gateway relays. */
@ExtendWith(VertxExtension.class)
class MockedRelayTest {

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    ProviderOptions.of("mock", ProviderType.MOCK)
                        .withModels("m", "mock-status-400")));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void each_path_is_answered_and_fails_as_the_script_says() {
    for (String path : OpenAiPaths.RELAYED.keySet()) {
      WireAnswer answer = gateway.post("/v1" + path, "{\"model\":\"m\",\"stream\":true}");
      WireAnswer refused = gateway.post("/v1" + path, "{\"model\":\"mock-status-400\"}");

      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("content-type"))
          .isEqualTo(path.endsWith("/speech") ? "audio/mpeg" : "application/json");
      assertThat(refused.error().getString("message")).as(path).isEqualTo("mock: status 400");
    }
  }

  @Test
  void what_an_image_counts_is_charged_and_sound_passes_whole() {
    WireAnswer image = gateway.post("/v1/images/generations", "{\"model\":\"m\",\"n\":2}");
    WireAnswer sound =
        gateway.post("/v1/audio/speech", "{\"model\":\"m\",\"response_format\":\"wav\"}");

    assertThat(image.json().getJsonArray("data")).hasSize(2);
    assertThat(image.header("x-infermux-completion-tokens")).isEqualTo("2");
    assertThat(sound.header("content-type")).isEqualTo("audio/wav");
    assertThat(sound.body()).startsWith("RIFF");
  }
}
