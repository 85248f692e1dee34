package dev.infermux.assembly;

import dev.infermux.provider.translate.Translators;
import java.util.List;

/** The dialects between which calls are translated: a further one is a further line here. */
final class ChatSides {

  static final Translators TRANSLATORS = new Translators(List.of(), List.of());

  private ChatSides() {}
}
