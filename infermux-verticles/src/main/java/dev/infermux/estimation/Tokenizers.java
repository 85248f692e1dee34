package dev.infermux.estimation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokenizers; each is loaded when it is first wanted, and no call waits for it. Thread-safe.
 */
final class Tokenizers {

  private static final Logger LOG = LoggerFactory.getLogger(Tokenizers.class);

  private final Vocabularies vocabularies = Vocabularies.shared();
  private final Map<TokenFamily, CompletableFuture<Vocabulary>> wanted = new ConcurrentHashMap<>();
  private final Executor loader;

  private Tokenizers(Executor loader) {
    this.loader = loader;
  }

  /** Null where jtokkit, an optional library, is not on the class path. */
  static @Nullable Tokenizers ifPresent(Executor loader) {
    if (Vocabularies.present()) {
      return new Tokenizers(loader);
    }
    LOG.info(
        "com.knuddels:jtokkit is not on the class path: prompts that a provider did not count"
            + " are estimated by characters");
    return null;
  }

  /** A family's tokenizer; null while it is being loaded, or when that failed. */
  @Nullable Tokenizer loaded(TokenFamily family) {
    CompletableFuture<Vocabulary> vocabulary = wanted.computeIfAbsent(family, this::load);
    return vocabulary.isDone() && !vocabulary.isCompletedExceptionally()
        ? new Tokenizer(family.pieces(), vocabulary.join())
        : null;
  }

  private CompletableFuture<Vocabulary> load(TokenFamily family) {
    return CompletableFuture.supplyAsync(() -> vocabularies.of(family), loader)
        .whenComplete(
            (vocabulary, failed) -> {
              if (failed != null) {
                LOG.warn("{}: cannot be loaded, prompts are counted by characters", family, failed);
              }
            });
  }
}
