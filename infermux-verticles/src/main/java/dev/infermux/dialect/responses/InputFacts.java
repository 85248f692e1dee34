package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Binding;
import dev.infermux.json.JsonText;
import java.util.List;

/**
 * What binds a request to providers.
 *
 * @param sealedItems whether it has encrypted thoughts
 * @param foreignSeals whether some of them are of another dialect
 */
record InputFacts(List<Binding> bindings, boolean sealedItems, boolean foreignSeals) {

  static final InputFacts NONE = new InputFacts(List.of(), false, false);

  private static final String MARK = "infermux.";

  /** Encrypted thoughts are long, and their ends tell them apart. */
  private static final int REMEMBERED = 64;

  InputFacts {
    bindings = List.copyOf(bindings);
  }

  /** The id under which an encrypted thought is remembered. */
  static String sealId(JsonText seal) {
    int from = Math.max(seal.from(), seal.to() - REMEMBERED);
    // Not decoded: it may begin inside of an escape.
    return new String(seal.bytes(), from, seal.to() - from, UTF_8);
  }

  /** Whether a thought was encrypted or signed by an API of another dialect. */
  static boolean foreign(JsonText seal) {
    return seal.startsWith(MARK);
  }
}
