package dev.infermux.provider.openai;

import dev.infermux.provider.FailuresContract;

class OpenAiFailuresTest extends FailuresContract {

  OpenAiFailuresTest() {
    super(new OpenAiSpeech());
  }
}
