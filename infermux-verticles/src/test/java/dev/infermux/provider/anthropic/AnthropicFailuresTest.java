package dev.infermux.provider.anthropic;

import dev.infermux.provider.FailuresContract;

class AnthropicFailuresTest extends FailuresContract {

  AnthropicFailuresTest() {
    super(new AnthropicSpeech());
  }
}
