package dev.infermux.dialect.responses;

import dev.infermux.json.JsonText;

/** A call of one of the caller's tools. */
abstract sealed class CallItem extends OutputItem permits CustomItem, FunctionItem {

  protected final String callId;
  protected final String name;

  CallItem(ResponsesEventLog log, int index, String id, String callId, String name) {
    super(log, index, id);
    this.callId = callId;
    this.name = name;
  }

  /** Adds a piece of the arguments. */
  abstract void add(JsonText piece);
}
