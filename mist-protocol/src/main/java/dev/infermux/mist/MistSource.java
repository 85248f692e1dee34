package dev.infermux.mist;

/**
 * The names by which the tools of the family sign as {@code source}; other senders use their own.
 */
public final class MistSource {

  public static final String SCHEMAFLUX = "schemaflux";
  public static final String INFERMUX = "infermux";
  public static final String MATCHSPEC = "matchspec";
  public static final String TOKENTRACE = "tokentrace";

  private MistSource() {}
}
