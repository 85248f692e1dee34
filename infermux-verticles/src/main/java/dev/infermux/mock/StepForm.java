package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.inference.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one API writes one stream: each method gives whole frames, or none. */
interface StepForm {

  /** What comes before the first token. */
  List<String> begin();

  /** What a part of a token comes to. */
  List<String> event(ChatEvent event);

  /** The reason why the answer ends. */
  List<String> finish();

  List<String> usage(@Nullable Usage usage);

  /** What says that nothing follows. */
  List<String> done();

  /** An error where the answer should go on. */
  String error(MockError error);

  /** A frame that is no JSON. */
  String noise();
}
