package dev.infermux.provider.ollama;

import dev.infermux.provider.AnswersContract;

class OllamaAnswersTest extends AnswersContract {

  OllamaAnswersTest() {
    super(new OllamaSpeech());
  }
}
