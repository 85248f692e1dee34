package dev.infermux.budget;

import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.HoldRequest;

/** Asks whether a call may be made, and sets its money aside. Never leaves the process. */
public record Reserve(HoldRequest request) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().text("caller", request.caller()).end();
  }
}
