package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonStrings;
import java.io.ByteArrayOutputStream;

/**
 * A request body in OpenAI's dialect: the caller's own bytes and what one scan found in them.
 * Nobody may change the bytes after construction.
 */
public final class OpenAiRequestBody {

  private static final byte[] ASK_USAGE =
      "\"stream_options\":{\"include_usage\":true},".getBytes(UTF_8);

  private final byte[] bytes;
  private final BodyFacts facts;

  private OpenAiRequestBody(byte[] bytes, BodyFacts facts) {
    this.bytes = bytes;
    this.facts = facts;
  }

  /**
   * Validates and scans a body that must name its model.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static OpenAiRequestBody scan(Operation operation, byte[] bytes) {
    return new OpenAiRequestBody(bytes, BodyScanner.scan(operation, bytes, true));
  }

  /** The same for a body whose model may be left to the router. */
  public static OpenAiRequestBody scanModelOptional(Operation operation, byte[] bytes) {
    return new OpenAiRequestBody(bytes, BodyScanner.scan(operation, bytes, false));
  }

  public byte[] bytes() {
    return bytes;
  }

  public BodyFacts facts() {
    return facts;
  }

  /** The same request with no completion longer than this. */
  public OpenAiRequestBody withMaxTokens(Operation operation, long most) {
    return scanModelOptional(operation, BodyEdits.maxTokens(this, most));
  }

  /** The same request for another model. */
  public OpenAiRequestBody withModel(Operation operation, String model) {
    return scanModelOptional(operation, rewritten(model, false));
  }

  public String model() {
    return facts.model();
  }

  /**
   * The bytes to send: the caller's own array when nothing has to change, else a copy in which only
   * {@code model} and {@code stream_options.include_usage} differ.
   *
   * @param askUsage whether a stream must end with its usage
   */
  public byte[] rewritten(String model, boolean askUsage) {
    boolean rename = !model.equals(facts.model());
    boolean ask = askUsage && !facts.streamOptions().includeUsage();
    if (!rename && !ask) {
      return bytes;
    }
    int brace = 0;
    while (bytes[brace] != '{') {
      brace++;
    }
    Splice splice = new Splice(brace + 1, model, rename, ask);
    return splice.build();
  }

  /** Copies the body with its edits; each is written where the original's field stood. */
  private final class Splice {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 96);
    private final int inside;
    private final String model;
    private final boolean rename;
    private final boolean ask;
    private int copied;

    Splice(int inside, String model, boolean rename, boolean ask) {
      this.inside = inside;
      this.model = model;
      this.rename = rename;
      this.ask = ask;
    }

    byte[] build() {
      copyTo(inside);
      if (rename && facts.modelFrom() < 0) {
        write(("\"model\":" + JsonStrings.quoted(model) + ",").getBytes(UTF_8));
      }
      if (ask && facts.streamOptions().from() < 0) {
        write(ASK_USAGE);
      }
      if (facts.modelFrom() < facts.streamOptions().from()) {
        renameModel();
        askForUsage();
      } else {
        askForUsage();
        renameModel();
      }
      copyTo(bytes.length);
      return out.toByteArray();
    }

    private void renameModel() {
      if (rename && facts.modelFrom() >= 0) {
        copyTo(facts.modelFrom());
        write(JsonStrings.quoted(model).getBytes(UTF_8));
        copied = facts.modelTo();
      }
    }

    private void askForUsage() {
      BodyFacts.StreamOptions options = facts.streamOptions();
      if (!ask || options.from() < 0) {
        return;
      }
      if (options.includeFrom() >= 0) {
        copyTo(options.includeFrom());
        write("true".getBytes(UTF_8));
        copied = options.includeTo();
      } else if (options.empty()) {
        copyTo(options.from());
        write("{\"include_usage\":true}".getBytes(UTF_8));
        copied = options.to();
      } else {
        copyTo(options.from() + 1);
        write("\"include_usage\":true,".getBytes(UTF_8));
      }
    }

    private void copyTo(int end) {
      out.write(bytes, copied, end - copied);
      copied = end;
    }

    private void write(byte[] piece) {
      out.write(piece, 0, piece.length);
    }
  }
}
