package dev.infermux.inference.record;

/**
 * What was asked and answered, as OpenTelemetry's GenAI conventions write it: JSON, bounded.
 *
 * @param instructions what the program told the model; empty = nothing
 * @param input the messages of the request
 * @param tools the tools that the model could call; empty = none
 * @param output the message of the answer; empty = there was none
 */
public record CallContent(String instructions, String input, String tools, String output) {

  public static final CallContent NONE = new CallContent("", "", "", "");
}
