package dev.infermux.provider.azure;

import dev.infermux.provider.CancelContract;

class AzureCancelTest extends CancelContract {

  AzureCancelTest() {
    super(new AzureSpeech());
  }
}
