package dev.infermux.dialect.responses;

import dev.infermux.inference.Binding;
import java.util.List;

/**
 * What binds a request to providers.
 *
 * @param sealedItems whether it has encrypted thoughts
 * @param foreignSeals whether some of them are of another dialect
 */
record InputFacts(List<Binding> bindings, boolean sealedItems, boolean foreignSeals) {

  static final InputFacts NONE = new InputFacts(List.of(), false, false);

  InputFacts {
    bindings = List.copyOf(bindings);
  }
}
