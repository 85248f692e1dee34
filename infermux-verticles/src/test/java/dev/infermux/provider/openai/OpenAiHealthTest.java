package dev.infermux.provider.openai;

import dev.infermux.provider.HealthContract;

class OpenAiHealthTest extends HealthContract {

  OpenAiHealthTest() {
    super(new OpenAiSpeech());
  }
}
