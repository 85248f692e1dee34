package dev.infermux.bus;

/** Where the verticles listen. The ones without a cell are public API. */
public final class BusAddresses {

  /** Anyone in the process or cluster may send an {@code infer.request} envelope here. */
  public static final String INFER = "mist.infer.request";

  private BusAddresses() {}

  /** The router of one cell of one InferMux; calls travel here by reference. */
  public static String router(String instance, int cell) {
    return "infermux.router." + instance + "." + cell;
  }

  /** The keeper of all callers' money of one InferMux. */
  public static String budget(String instance) {
    return "infermux.budget." + instance;
  }

  /** One provider in one cell. */
  public static String provider(String instance, String provider, int cell) {
    return "infermux.provider." + provider + "." + instance + "." + cell;
  }
}
