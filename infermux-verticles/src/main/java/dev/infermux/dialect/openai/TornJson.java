package dev.infermux.dialect.openai;

/** The beginnings of an answer and of a chunk that were cut off: what broken servers send. */
public final class TornJson {

  public static final String ANSWER = "{\"id\":\"mock-garbage\",\"choices\":";
  public static final String CHUNK = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"n";

  private TornJson() {}
}
