package dev.infermux.provider.anthropic;

import dev.infermux.provider.AnswersContract;

class AnthropicAnswersTest extends AnswersContract {

  AnthropicAnswersTest() {
    super(new AnthropicSpeech());
  }
}
