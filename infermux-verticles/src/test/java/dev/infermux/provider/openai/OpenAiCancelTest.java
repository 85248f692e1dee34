package dev.infermux.provider.openai;

import dev.infermux.provider.CancelContract;

class OpenAiCancelTest extends CancelContract {

  OpenAiCancelTest() {
    super(new OpenAiSpeech());
  }
}
