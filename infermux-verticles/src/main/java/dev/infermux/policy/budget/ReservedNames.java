package dev.infermux.policy.budget;

/** The names that the configuration gives: no stranger's takes their place. Safe on any thread. */
public interface ReservedNames {

  /** Reserves nothing. */
  ReservedNames NONE =
      new ReservedNames() {
        @Override
        public boolean caller(String caller) {
          return false;
        }

        @Override
        public boolean other(String name) {
          return false;
        }
      };

  /** Whether it is that of a caller with a key. */
  boolean caller(String caller);

  /** Whether it is that of a model, provider, group or project. */
  boolean other(String name);
}
