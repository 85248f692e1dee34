package dev.infermux.provider.ollama;

import dev.infermux.provider.FailuresContract;

class OllamaFailuresTest extends FailuresContract {

  OllamaFailuresTest() {
    super(new OllamaSpeech());
  }

  @Override
  protected boolean takesCallersKey() {
    return false;
  }
}
