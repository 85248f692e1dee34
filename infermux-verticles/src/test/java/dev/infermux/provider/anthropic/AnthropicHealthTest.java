package dev.infermux.provider.anthropic;

import dev.infermux.provider.HealthContract;

class AnthropicHealthTest extends HealthContract {

  AnthropicHealthTest() {
    super(new AnthropicSpeech());
  }
}
