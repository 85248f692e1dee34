package dev.infermux.provider.ollama;

import dev.infermux.provider.CancelContract;

class OllamaCancelTest extends CancelContract {

  OllamaCancelTest() {
    super(new OllamaSpeech());
  }
}
