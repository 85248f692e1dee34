package dev.infermux.provider.azure;

import dev.infermux.provider.FailuresContract;

class AzureFailuresTest extends FailuresContract {

  AzureFailuresTest() {
    super(new AzureSpeech());
  }
}
