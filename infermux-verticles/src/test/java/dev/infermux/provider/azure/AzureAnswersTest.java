package dev.infermux.provider.azure;

import dev.infermux.provider.AnswersContract;

class AzureAnswersTest extends AnswersContract {

  AzureAnswersTest() {
    super(new AzureSpeech());
  }
}
