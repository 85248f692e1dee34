package dev.infermux.dialect.responses;

import dev.infermux.json.JsonText;

/** A call of one of the caller's tools. */
abstract sealed class CallItem extends OutputItem permits CustomItem, FunctionItem {

  protected final String callId;
  protected final CalledTool tool;

  CallItem(ResponsesEventLog log, int index, String id, String callId, CalledTool tool) {
    super(log, index, id);
    this.callId = callId;
    this.tool = tool;
  }

  /** Adds a piece of the arguments. */
  abstract void add(JsonText piece);
}
