package dev.infermux.dialect.responses;

import dev.infermux.inference.Binding;
import java.util.List;

/**
 * What binds a request to providers.
 *
 * @param sealedItems whether it has encrypted thoughts
 * @param foreignSeals whether some of them are of another dialect
 * @param background whether its provider goes on with it after the call
 */
record InputFacts(
    List<Binding> bindings, boolean sealedItems, boolean foreignSeals, boolean background) {

  InputFacts {
    bindings = List.copyOf(bindings);
  }

  InputFacts unbound() {
    return new InputFacts(List.of(), false, false, background);
  }
}
