package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.provider.AnswersContract;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import org.junit.jupiter.api.Test;

class OpenAiAnswersTest extends AnswersContract {

  OpenAiAnswersTest() {
    super(new OpenAiSpeech());
  }

  @Test
  void usage_shows_only_to_who_asked_for_it() {
    upstream.next(streamAnswer(), streamAnswer());
    ProviderRig rig = rig();

    StreamProbe silent = rig.streamed(TestCall.stream());
    silent.toEnd();
    StreamProbe shown = rig.streamed(TestCall.streamWithUsage());
    shown.toEnd();

    assertThat(silent.text()).doesNotContain("prompt_tokens");
    assertThat(silent.events()).last().isEqualTo("[DONE]");
    assertThat(shown.events().get(shown.events().size() - 2))
        .contains("\"choices\":[]", "\"prompt_tokens\":9", "\"completion_tokens\":3", ":12");
  }
}
