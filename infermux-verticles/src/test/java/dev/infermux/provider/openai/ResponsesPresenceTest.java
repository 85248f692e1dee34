package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.FailureClass;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderOptions.Responses;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.VirtualTime;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponsesPresenceTest {

  private static final Failure ABSENT = refused(404, "upstream_rejected", "Not Found");

  private final VirtualTime time = new VirtualTime();

  private ResponsesPresence presence(Responses configured, String url) {
    ProviderOptions options =
        ProviderOptions.of("p", ProviderType.OPENAI)
            .withBaseUrl(URI.create(url))
            .withResponses(configured);
    return new ResponsesPresence(options, time);
  }

  private static Failure refused(int status, String code, String message) {
    return new ProviderRejected(FailureClass.CALLER_FAULT, status, code, message, null);
  }

  @Test
  void what_a_404_has_taught_is_known_for_an_hour() {
    ResponsesPresence presence = presence(Responses.AUTO, "http://vllm:8000/v1");
    assertThat(presence.assumed()).isTrue();

    presence.note(ABSENT);
    assertThat(presence.assumed()).isFalse();

    time.pass(Duration.ofMinutes(59));
    assertThat(presence.assumed()).isFalse();
    time.pass(Duration.ofMinutes(1));
    assertThat(presence.assumed()).isTrue();
  }

  @Test
  void a_405_says_the_same_and_a_404_about_something_else_does_not() {
    ResponsesPresence presence = presence(Responses.AUTO, "http://vllm:8000/v1");

    presence.note(refused(404, "model_not_found", "No such one"));
    presence.note(refused(404, "upstream_rejected", "model 'x' not found"));
    presence.note(refused(404, "upstream_rejected", "Response with id 'resp_1' not found"));
    presence.note(refused(400, "upstream_rejected", "Not Found"));
    assertThat(presence.assumed()).isTrue();

    presence.note(refused(405, "upstream_rejected", "Method Not Allowed"));
    assertThat(presence.assumed()).isFalse();
  }

  @Test
  void openai_azure_and_the_configuration_are_believed() {
    for (String url : new String[] {"https://api.openai.com/v1", "https://x.openai.azure.com"}) {
      ResponsesPresence known = presence(Responses.AUTO, url);
      known.note(ABSENT);
      assertThat(known.assumed()).isTrue();
    }
    ResponsesPresence declared = presence(Responses.YES, "http://vllm:8000/v1");
    declared.note(ABSENT);
    assertThat(declared.assumed()).isTrue();
    assertThat(presence(Responses.NO, "https://api.openai.com/v1").assumed()).isFalse();
  }
}
