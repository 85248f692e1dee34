package dev.infermux.provider.azure;

import dev.infermux.provider.HealthContract;

class AzureHealthTest extends HealthContract {

  AzureHealthTest() {
    super(new AzureSpeech());
  }
}
