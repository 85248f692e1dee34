package dev.infermux.clients;

/** What structured answers are read as; SDKs fill it by reflection. */
public final class Person {
  public String name = "";
  public int age;
}
