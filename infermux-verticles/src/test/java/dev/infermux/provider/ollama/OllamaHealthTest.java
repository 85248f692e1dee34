package dev.infermux.provider.ollama;

import dev.infermux.provider.HealthContract;

class OllamaHealthTest extends HealthContract {

  OllamaHealthTest() {
    super(new OllamaSpeech());
  }
}
