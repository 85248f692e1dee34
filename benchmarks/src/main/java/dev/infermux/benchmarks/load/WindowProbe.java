package dev.infermux.benchmarks.load;

/** Called on the load generator's thread at the two ends of the measured part; must be quick. */
public interface WindowProbe {

  /** A probe that looks at nothing. */
  WindowProbe NONE =
      new WindowProbe() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
      };

  void begin();

  void end();
}
