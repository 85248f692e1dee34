package dev.infermux.config.yaml;

import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/** Puts quotes around all that YAML would guess a type for, so that it stays the text it was. */
final class PlainScalars {
  /** Absence and merging keep their meaning. */
  private static final Set<String> KEPT = Set.of("~", "null", "Null", "NULL", "<<");

  private PlainScalars() {}

  static String quote(MixedBudgets source) {
    int[] text = source.text().codePoints().toArray();
    StringBuilder out = new StringBuilder(text.length + 256);
    int copied = 0;
    var scanner = new ScannerImpl(new StreamReader(source.text()), new LoaderOptions());
    while (scanner.checkToken()) {
      Token token = scanner.getToken();
      refuseTyping(token, source);
      if (token instanceof ScalarToken scalar && scalar.getPlain() && !kept(scalar)) {
        int start = scalar.getStartMark().getIndex();
        out.append(new String(text, copied, start - copied)).append(quoted(scalar.getValue()));
        copied = scalar.getEndMark().getIndex();
        while (copied < text.length && text[copied] == '\t') {
          out.append(' '); // legal after a plain scalar and not after a quoted one
          copied++;
        }
      }
    }
    return out.append(new String(text, copied, text.length - copied)).toString();
  }

  private static void refuseTyping(Token token, MixedBudgets source) {
    if (token.getTokenId() == Token.ID.Tag || token.getTokenId() == Token.ID.Directive) {
      throw StrictYaml.problem(
          token.getStartMark(), source, "a tag or directive (expected: plain YAML)");
    }
  }

  private static boolean kept(ScalarToken scalar) {
    return KEPT.contains(scalar.getValue());
  }

  private static String quoted(String value) {
    String escaped =
        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    return '"' + escaped + '"';
  }
}
