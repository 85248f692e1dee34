package dev.infermux.benchmarks.run;

import java.io.IOException;

/** Somebody who looks at a gateway and whom its callers should not notice. */
interface Bystander {

  /** Nobody. */
  Bystander NOBODY = named("nobody", target -> () -> {});

  String name();

  /** Looks from now on, until it is closed. */
  Presence at(Target gateway) throws IOException;

  /** How one begins to look. */
  @FunctionalInterface
  interface Arrival {
    Presence at(Target gateway) throws IOException;
  }

  /** One that is there. */
  @FunctionalInterface
  interface Presence extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  static Bystander named(String name, Arrival arrival) {
    return new Bystander() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Presence at(Target gateway) throws IOException {
        return arrival.at(gateway);
      }
    };
  }
}
