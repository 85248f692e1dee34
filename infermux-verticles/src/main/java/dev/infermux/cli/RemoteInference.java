package dev.infermux.cli;

import dev.infermux.cli.process.RemoteServer;
import dev.infermux.cli.process.UserError;
import dev.infermux.mist.InferRequest;
import java.io.PrintWriter;

/** Asks a running InferMux at {@code POST /infer}. */
final class RemoteInference {

  private static final String INFER = "/infer";

  private final RemoteServer server;
  private final PrintWriter out;

  RemoteInference(RemoteServer server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  /**
   * Prints the answer.
   *
   * @throws UserError when there is none
   */
  void ask(InferRequest request, boolean stream) {
    try {
      answer(request, stream);
    } catch (UserError refused) {
      throw refused.text().startsWith("invalid_api_key: ")
          ? new UserError(refused.exitCode(), refused.text() + "; INFERMUX_API_KEY has the key")
          : refused;
    }
  }

  private void answer(InferRequest request, boolean stream) {
    if (!stream) {
      out.println(server.post(INFER, request.json()).path("content").asText());
      return;
    }
    StreamedText text = new StreamedText(out);
    server.stream(INFER, request.json(), text::line);
    text.end();
  }
}
