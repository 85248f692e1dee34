package dev.infermux.provider.anthropic;

import dev.infermux.provider.CancelContract;

class AnthropicCancelTest extends CancelContract {

  AnthropicCancelTest() {
    super(new AnthropicSpeech());
  }
}
