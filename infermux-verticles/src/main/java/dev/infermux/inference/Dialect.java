package dev.infermux.inference;

/** How one API's bytes read, as far as the stages between caller and provider have to know. */
public interface Dialect {

  /** The name under which configuration, headers and logs know it. */
  String id();

  /** A transcript of one stream of this dialect. */
  StreamTranscript transcript();

  /**
   * Whether a provider that goes on from the last message does so where it is asked in this
   * dialect; else it is asked in another one that it speaks.
   */
  default boolean takesPrefill() {
    return true;
  }

  /** Puts {@code name} in the place of the model's in answers of this dialect. */
  ModelRewriter renaming(String name);
}
