package dev.infermux.health;

import java.util.Optional;

/**
 * Which of several nodes asks the providers how they are. One does, and tells the others; one that
 * is told nothing for two intervals asks itself. Safe on any thread.
 */
public interface CheckDuty {

  /** Every check is this node's own. */
  CheckDuty ALONE =
      new CheckDuty() {
        @Override
        public boolean mine() {
          return true;
        }

        @Override
        public void found(String provider, Optional<String> reason) {
          // There is nobody to tell.
        }
      };

  /** Whether this node asks for all. */
  boolean mine();

  /** Tells others what a check of this node has found: why a provider is unwell, if it is. */
  void found(String provider, Optional<String> reason);
}
