package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usage;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest {

  private final Vertx vertx = Vertx.vertx();
  private final MockUpstream upstream = MockUpstream.start(vertx);
  private final ProviderRig rig =
      new ProviderRig(
          vertx,
          here ->
              new OpenAiProvider(
                  here,
                  ProviderOptions.builder("up", ProviderType.OPENAI)
                      .baseUrl(upstream.baseUrl())
                      .build()));

  @AfterEach
  void close() {
    rig.close();
    upstream.close();
    vertx.close().await();
  }

  @Test
  void a_whole_answer_passes_untouched() {
    String json =
        "{ \"id\":\"x\",\"model\":\"gpt-4o-mini-2024\", \"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hey\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}";
    upstream.next(MockAnswer.json(json));

    ProviderAnswer.Whole answer = rig.whole(TestCall.chat());

    assertThat(answer.body().toString()).isEqualTo(json);
    assertThat(answer.model()).isEqualTo("gpt-4o-mini-2024");
    assertThat(answer.usage()).isEqualTo(Usage.reported(3, 1));
    assertThat(answer.finishReason()).isEqualTo("stop");
    assertThat(answer.contentChars()).isEqualTo(3);
  }

  @Test
  void a_stream_passes() {
    String chunk =
        "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hey\"},\"finish_reason\":null}]}";
    String end =
        "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    String usage =
        "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}";
    upstream.next(MockAnswer.events(chunk, end, usage, "[DONE]"));

    StreamProbe probe = rig.streamed(TestCall.stream());

    assertThat(probe.toEnd().failure()).isNull();
    assertThat(probe.events()).containsExactly(chunk, end, "[DONE]");
    assertThat(probe.summary().usage()).isEqualTo(Usage.reported(3, 1));
  }
}
