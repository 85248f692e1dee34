package dev.infermux.provider.openai;

import dev.infermux.provider.AnswersContract;

class OpenAiAnswersTest extends AnswersContract {

  OpenAiAnswersTest() {
    super(new OpenAiSpeech());
  }
}
